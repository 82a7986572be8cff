import type { LifeInput } from '#domain/agents/life-cycle.ts'

/** Something that lives and ends with its owner, e.g. a connection. What it leaves out needs no work. */
export type Resource = { readonly name: string } & {
  readonly [Input in LifeInput]?: () => Promise<void>
}
