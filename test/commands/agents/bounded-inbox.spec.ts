import { describe, expect, it } from 'vitest'
import { BoundedInbox, InboxClosed, InboxTaken } from '#commands/agents/bounded-inbox.ts'

const taken = async <T>(inbox: BoundedInbox<T>): Promise<T[]> => {
  const items: T[] = []
  for await (const item of inbox.items()) items.push(item)
  return items
}

describe('a bounded inbox', () => {
  it('K4 hands ten items through room for one, in order, never more than one waiting', async () => {
    const inbox = new BoundedInbox<number>(1)
    const sizes: number[] = []
    const produce = async () => {
      for (let n = 0; n < 10; n++) {
        await inbox.put(n)
        sizes.push(inbox.size)
      }
      inbox.finish()
    }
    const [, items] = await Promise.all([produce(), taken(inbox)])
    expect(items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(Math.max(...sizes)).toBe(1)
  })

  it('K4 keeps who would put one more waiting until one is taken', async () => {
    const inbox = new BoundedInbox<string>(1)
    await inbox.put('first')
    let inside = false
    const second = inbox.put('second').then(() => {
      inside = true
    })
    await Promise.resolve()
    expect(inside).toBe(false)
    const items = inbox.items()
    expect((await items.next()).value).toBe('first')
    await second
    expect((await items.next()).value).toBe('second')
  })

  it('K9 hands out what is waiting when it is finished, and nothing when it is shut down', async () => {
    const finished = new BoundedInbox<number>(5)
    await finished.put(1)
    finished.finish()
    expect(await taken(finished)).toEqual([1])
    const shut = new BoundedInbox<number>(1)
    await shut.put(1)
    const waiting = shut.put(2)
    shut.shutdown()
    await expect(waiting).rejects.toThrow(InboxClosed)
    expect(await taken(shut)).toEqual([])
  })

  it('K5 takes from many producers for one consumer, who may come late and not be two', async () => {
    const inbox = new BoundedInbox<string>(2)
    const putting = Promise.all(['a', 'b', 'c', 'd'].map((item) => inbox.put(item)))
    const first = inbox.items()
    expect((await first.next()).value).toBe('a')
    await expect(inbox.items().next()).rejects.toThrow(InboxTaken)
    expect((await first.next()).value).toBe('b')
    await putting
    await first.return()
    inbox.finish()
    expect(await taken(inbox)).toEqual(['c', 'd'])
  })
})
