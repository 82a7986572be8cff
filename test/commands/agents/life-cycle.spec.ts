import { describe, expect, it } from 'vitest'
import { LifeCycle, NotAllowedNow } from '#commands/agents/life-cycle.ts'
import type { Resource } from '#commands/agents/resource.ts'

const noting = (name: string, notes: string[], fails?: string): Resource => {
  const hook = (input: string) => async () => {
    if (input === fails) throw new Error(`${name} cannot ${input}`)
    notes.push(`${name} ${input}`)
  }
  return {
    name,
    initialize: hook('initialize'),
    activate: hook('activate'),
    deactivate: hook('deactivate'),
    terminate: hook('terminate'),
  }
}

describe('a life cycle', () => {
  it('I3 goes to ERROR when a hook fails, and the error reaches the caller', async () => {
    const life = new LifeCycle(noting('owner', [], 'initialize'))
    await expect(life.advance('initialize')).rejects.toThrow('owner cannot initialize')
    expect(life.state).toBe('ERROR')
  })

  it('I1 goes to ERROR by what is not allowed', async () => {
    const life = new LifeCycle(noting('owner', []))
    await expect(life.advance('terminate')).rejects.toThrow(NotAllowedNow)
    expect(life.state).toBe('ERROR')
  })

  it('I18 ends what it owns before its own hook', async () => {
    const notes: string[] = []
    const life = new LifeCycle(noting('owner', notes))
    life.add(noting('line', notes))
    await life.advance('initialize')
    await life.advance('terminate')
    expect(notes).toEqual(['line initialize', 'owner initialize', 'line terminate', 'owner terminate'])
  })

  it('I19 takes resources from the beginning only in INIT', async () => {
    const life = new LifeCycle(noting('owner', []))
    await life.advance('initialize')
    expect(() => life.add(noting('late', []))).toThrow(NotAllowedNow)
  })

  it('I19 brings a newcomer to where it is, also one registered inside a hook', async () => {
    const notes: string[] = []
    const owner: Resource = { name: 'owner', activate: () => life.register(noting('inside', notes)) }
    const life = new LifeCycle(owner)
    await life.advance('initialize')
    await life.advance('activate')
    await life.register(noting('later', notes))
    expect(notes).toEqual(['inside initialize', 'inside activate', 'later initialize', 'later activate'])
  })

  it('I19 lets the others arrive when one resource fails, and ends them when it fails itself', async () => {
    const notes: string[] = []
    const failed: string[] = []
    const life = new LifeCycle(noting('owner', notes, 'activate'), {
      onResourceFailed: (name) => failed.push(name),
    })
    life.add(noting('bad', notes, 'initialize'))
    life.add(noting('good', notes))
    await life.advance('initialize')
    expect(failed).toEqual(['bad'])
    await expect(life.advance('activate')).rejects.toThrow()
    expect(notes).toEqual(['good initialize', 'owner initialize', 'good activate', 'good terminate'])
  })
})
