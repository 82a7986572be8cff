import { type LifeInput, type LifeState, lifeAfter, waysTo } from '#domain/agents/life-cycle.ts'
import type { Resource } from './resource.ts'

/** The life cycle does not allow this now; it is in ERROR from here on. */
export class NotAllowedNow extends Error {
  constructor(name: string, input: string, state: LifeState) {
    super(`${name} cannot ${input} while ${state}`)
    this.name = 'NotAllowedNow'
  }
}

type Options = {
  /** Told after the work that leads to the state is done. */
  readonly onState?: (state: LifeState) => void
  /** A resource failed; the owner and the others go on. */
  readonly onResourceFailed?: (resource: string, error: unknown) => void
}

/** One life: its owner's hooks and the resources that advance with it, all resources at the same time. */
export class LifeCycle {
  readonly #owner: Resource
  readonly #options: Options
  readonly #resources: LifeCycle[] = []
  #state: LifeState = 'INIT'

  constructor(owner: Resource, options: Options = {}) {
    this.#owner = owner
    this.#options = options
  }

  get state(): LifeState {
    return this.#state
  }

  /** A resource that is there from the beginning. */
  add(resource: Resource): void {
    if (this.#state !== 'INIT') throw new NotAllowedNow(this.#owner.name, `add ${resource.name}`, this.#state)
    this.#resources.push(this.#resourceOf(resource))
  }

  /** A resource that comes later, and is brought to where its owner is. */
  async register(resource: Resource): Promise<void> {
    const newcomer = this.#resourceOf(resource)
    this.#resources.push(newcomer)
    await this.#bring(newcomer)
  }

  /** Advances resources, then the owner; rejects with the owner's error, which leads to ERROR. */
  async advance(input: LifeInput): Promise<void> {
    const next = lifeAfter(this.#state, input)
    if (next === 'ERROR') {
      const error = new NotAllowedNow(this.#owner.name, input, this.#state)
      await this.fail()
      throw error
    }
    await Promise.all(this.#resources.map((resource) => this.#advanceResource(resource, input)))
    try {
      await this.#owner[input]?.()
    } catch (error) {
      await this.fail()
      throw error
    }
    this.#state = next
    // What was registered inside the hook.
    await Promise.all(this.#resources.map((resource) => this.#bring(resource)))
    this.#options.onState?.(next)
  }

  /** To ERROR; what it owned ends. */
  async fail(): Promise<void> {
    if (this.#state === 'ERROR') return
    this.#state = 'ERROR'
    await Promise.all(this.#resources.map((resource) => this.#advanceResource(resource, 'terminate')))
    this.#options.onState?.('ERROR')
  }

  #resourceOf(resource: Resource): LifeCycle {
    return new LifeCycle(resource)
  }

  async #bring(resource: LifeCycle): Promise<void> {
    const way = waysTo[this.#state]
    for (const input of way)
      if (resource.#needs(input, this.#state)) await this.#advanceResource(resource, input)
  }

  #needs(input: LifeInput, wanted: LifeState): boolean {
    return this.#state !== wanted && lifeAfter(this.#state, input) !== 'ERROR'
  }

  async #advanceResource(resource: LifeCycle, input: LifeInput): Promise<void> {
    // Failed or ended before, it has nothing to do any more.
    if (lifeAfter(resource.#state, input) === 'ERROR') return
    try {
      await resource.advance(input)
    } catch (error) {
      this.#options.onResourceFailed?.(resource.#owner.name, error)
    }
  }
}
