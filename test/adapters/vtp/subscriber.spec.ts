import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { vtpFrame } from '#domain/shared/vtp/framing.ts'
import { type Delivery, deliveries } from '#simulators/alert-change.ts'
import { delivered } from '#simulators/alert-delivery.ts'
import { following, ivornNamed, smallNotice } from './following.ts'

const isFatal = (delivery: Delivery) => ['half', 'length-too-long', 'length-too-short'].includes(delivery)

describe('the VTP subscriber', () => {
  it('W22 keeps a notice byte for byte, then acknowledges it by its ivorn', async () => {
    const { broker, log, address } = await following()
    broker.send(smallNotice('1'))
    await broker.until(() => broker.acknowledged.length === 1)
    expect(broker.acknowledged).toEqual([ivornNamed('1')])
    expect(await log.kept()).toMatchObject([
      {
        raw: Buffer.from(smallNotice('1')).toString('latin1'),
        source: { kind: 'vtp', broker: `127.0.0.1:${address.port}` },
      },
    ])
  })

  it('acknowledges nothing before the sink has it', async () => {
    const arrived = Promise.withResolvers<void>()
    const mayKeep = Promise.withResolvers<void>()
    const { broker, log } = await following({
      through: (sink) => async (arrival) => {
        arrived.resolve()
        await mayKeep.promise
        return sink(arrival)
      },
    })
    broker.send(smallNotice('1'))
    await arrived.promise
    // The answer to an iamalive overtakes the notice, whose acknowledgement would have come before it.
    broker.iamalive()
    await broker.until(() => broker.answers === 1)
    expect(broker.acknowledged).toEqual([])
    mayKeep.resolve()
    await broker.until(() => broker.acknowledged.length === 1)
    expect(await log.kept()).toHaveLength(1)
  })

  it('a sink that fails costs that acknowledgement, not the connection and not the next notice', async () => {
    let calls = 0
    const { broker, log } = await following({
      through: (sink) => async (arrival) => {
        calls += 1
        if (calls === 1) throw new Error('a defect')
        return sink(arrival)
      },
    })
    broker.send(smallNotice('1'))
    broker.send(smallNotice('2'))
    await broker.until(() => broker.acknowledged.length === 1)
    expect(broker.acknowledged).toEqual([ivornNamed('2')])
    expect(broker.subscribers).toBe(1)
    expect(await log.kept()).toHaveLength(1)
  })

  it.each(deliveries)(
    'P34 delivered %s, a notice costs no other one, and no nak is ever sent',
    async (delivery) => {
      const { broker, log } = await following()
      const { writes, events, hangsUp } = delivered(smallNotice('bad'), delivery)
      broker.send(smallNotice('before'))
      await broker.until(() => broker.acknowledged.length === 1)
      broker.sendBytes(writes, events)
      if (hangsUp) broker.hangUp()
      if (delivery === 'length-too-short') broker.hangUp()
      if (isFatal(delivery)) {
        await broker.until(() => broker.subscribers === 0)
        await broker.until(() => broker.subscribers === 1)
      }
      broker.send(smallNotice('after'))
      await broker.until(() => broker.acknowledged.includes(ivornNamed('after')))
      const raws = (await log.kept()).map(({ raw }) => raw)
      const text = (name: string) => Buffer.from(smallNotice(name)).toString('latin1')
      expect(raws[0]).toBe(text('before'))
      expect(raws.at(-1)).toBe(text('after'))
      const unharmed = ['well', 'split', 'glued', 'length-zero-first'].includes(delivery)
      expect(raws.includes(text('bad'))).toBe(unharmed)
      expect(broker.naks).toBe(0)
    },
  )

  it('keeps what is not XML at all, so that people can look at it', async () => {
    const { broker, log } = await following()
    broker.sendBytes([vtpFrame(new TextEncoder().encode('lost in transmission'))], 0)
    await log.until(1)
    expect((await log.kept())[0]?.raw).toBe('lost in transmission')
    expect(broker.subscribers).toBe(1)
  })

  it('answers an iamalive with the broker’s own name', async () => {
    const { broker } = await following()
    broker.iamalive()
    await broker.until(() => broker.answers === 1)
    broker.iamalive()
    await broker.until(() => broker.answers === 2)
    expect(broker.subscribers).toBe(1)
  })

  it('comes back after an outage of the broker and takes in what is sent then', async () => {
    const { broker, address, subscriber } = await following()
    broker.send(smallNotice('1'))
    await broker.until(() => broker.acknowledged.length === 1)
    await broker.close()
    await broker.until(() => broker.subscribers === 0)
    await broker.listen(address)
    await broker.until(() => broker.subscribers === 1)
    broker.send(smallNotice('2'))
    await broker.until(() => broker.acknowledged.length === 2)
    expect(subscriber.status()).toMatchObject({ state: 'up', notices: 2 })
  })

  it('gives up a silent connection after 150 s, and makes a new one', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const { broker, subscriber, said } = await following({ clock })
    broker.silent = true
    await clock.advanceBy(149_000)
    expect(broker.subscribers).toBe(1)
    await clock.advanceBy(1_000)
    await broker.until(() => broker.subscribers === 0)
    expect(subscriber.status()).toMatchObject({
      state: 'down',
      detail: 'nothing came for 150 s; again in 0.0 s',
    })
    broker.silent = false
    await clock.advanceBy(1_000)
    await broker.until(() => broker.subscribers === 1)
    expect(said.at(-1)).toMatch(/connected$/)
  })

  it('a notice begun and not ended within 30 s ends the connection, however its bytes trickle', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21))
    const { broker, subscriber } = await following({ clock })
    const frame = vtpFrame(smallNotice('slow'))
    broker.sendBytes([frame.subarray(0, 6)], 0)
    await expect.poll(() => clock.pending()).toBeGreaterThanOrEqual(3)
    for (let s = 0; s < 29; s += 1) {
      await clock.advanceBy(1_000)
      broker.sendBytes([frame.subarray(6 + s, 7 + s)], 0)
    }
    expect(broker.subscribers).toBe(1)
    await clock.advanceBy(1_000)
    await broker.until(() => broker.subscribers === 0)
    expect(subscriber.status().detail).toMatch(/^a document was begun and not ended within 30 s/)
  })

  it('a flood of 1,000 notices is kept whole and acknowledged one by one', async () => {
    const { broker, log } = await following()
    for (let n = 0; n < 1_000; n += 1) broker.send(smallNotice(`${n}`))
    await broker.until(() => broker.acknowledged.length === 1_000)
    expect(new Set(broker.acknowledged).size).toBe(1_000)
    expect(await log.kept()).toHaveLength(1_000)
    expect(broker.subscribers).toBe(1)
  })
})
