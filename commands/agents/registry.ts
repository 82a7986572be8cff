import type { Clock } from '#domain/shared/clock.ts'

export type ComponentState = {
  readonly state: string
  readonly detail?: string
  /** What waits in it, and how much can. */
  readonly inbox?: { readonly waiting: number; readonly capacity: number }
  /** What has gone through it since it began. */
  readonly handled?: number
}

/** Something that runs and can be looked at. Data flows along its links, from it to them. */
export type Component = {
  /** Unique, e.g. `process/majordome`. */
  readonly id: string
  readonly kind: 'store' | 'database' | 'agent' | 'process' | 'projection' | 'server' | 'device' | 'part'
  readonly links: readonly string[]
  look(): ComponentState
}

export type GraphNode = Omit<Component, 'links' | 'look'> &
  ComponentState & {
    /** Over the last minute or as long as it has been looked at; null until it was looked at twice. */
    readonly perSecond: number | null
  }
export type Graph = {
  readonly nodes: readonly GraphNode[]
  readonly links: readonly { readonly from: string; readonly to: string }[]
}

type Sample = { readonly at: number; readonly handled: number }

const windowMs = 60_000

/** The running graph: every component enters itself and leaves when it ends. */
export class Registry {
  readonly #clock: Clock
  readonly #components = new Map<string, { component: Component; samples: Sample[] }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Gives back how to leave. Throws when the id is taken. */
  register(component: Component): () => void {
    if (this.#components.has(component.id)) throw new Error(`${component.id} is registered already`)
    this.#components.set(component.id, { component, samples: [] })
    return () => {
      this.#components.delete(component.id)
    }
  }

  /** As it is now. A link to what does not run, or not here, is left out. */
  graph(): Graph {
    const all = [...this.#components.values()]
    const nodes = all.map(({ component: { id, kind, look }, samples }) => {
      const seen = look()
      return { id, kind, ...seen, perSecond: this.#rate(samples, seen.handled) }
    })
    const links = all.flatMap(({ component: { id, links } }) =>
      links.filter((to) => this.#components.has(to)).map((to) => ({ from: id, to })),
    )
    return { nodes, links }
  }

  #rate(samples: Sample[], handled: number | undefined): number | null {
    if (handled === undefined) return null
    const at = this.#clock.now()
    samples.push({ at, handled })
    while ((samples[1]?.at ?? at) < at - windowMs) samples.shift()
    const [first] = samples
    return first && at > first.at ? ((handled - first.handled) * 1000) / (at - first.at) : null
  }
}
