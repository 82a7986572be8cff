export type Figures = Record<string, number | boolean>

/** One benchmark on real parts. It prints a table for people as it goes and returns its figures. */
export type Bench = {
  readonly name: string
  readonly about: string
  /** `quick` shrinks it to well under a minute: enough to see that it runs, not to quote. */
  run(options: { readonly quick: boolean }): Promise<Figures>
}
