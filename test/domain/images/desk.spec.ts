import { describe, expect, it } from 'vitest'
import { ImageDesk } from '#domain/images/desk.ts'
import { type Happening, recordedStory } from '#test/support/happenings.ts'
import frame from '../../fixtures/events/CalibrationFrameAcquired.v1.json' with { type: 'json' }
import acquired from '../../fixtures/events/ImageAcquired.v1.json' with { type: 'json' }
import calibrated from '../../fixtures/events/ImageCalibrated.v1.json' with { type: 'json' }
import built from '../../fixtures/events/MasterFrameBuilt.v1.json' with { type: 'json' }

const night = '2026-11-20'
const image = (imageId: string, requestId = 'r'): Happening => ({
  type: 'ImageAcquired',
  data: { ...acquired, imageId, requestId },
  night,
  stream: `observation-${imageId}-1`,
})
const settled = (imageId: string): Happening => ({
  type: 'ImageCalibrated',
  data: { ...calibrated, imageId },
  night,
  stream: `image-${imageId}`,
})
const taken = (kind: string, imageId: string, changes: object = {}): Happening => ({
  type: 'CalibrationFrameAcquired',
  data: { ...frame, kind, imageId, ...changes },
  night,
  stream: `calibration-osm-${night}`,
})
const closed: Happening = {
  type: 'NightClosed',
  data: { observations: 0, openS: 0, summary: '' },
  night,
  stream: `night-osm-${night}`,
}
const opened: Happening = {
  type: 'NightOpened',
  data: { phasesAt: {}, mode: 'automatic' },
  night: '2026-11-21',
  stream: 'night-osm-2026-11-21',
}

const deskAfter = (story: readonly Happening[], capacity = 10, done: readonly string[] = []) => {
  const desk = new ImageDesk('osm', new Set(done), capacity)
  for (const event of recordedStory(story)) desk.heed(event)
  return desk
}

/** What it would do, one after the other. */
const allWork = (desk: ImageDesk): string[] => {
  const done: string[] = []
  for (let work = desk.next(); work && done.length < 50; work = desk.next()) {
    const id = work.kind === 'image' ? work.image.data.imageId : work.id
    done.push(work.kind === 'image' ? id : `${work.group.kind} of ${work.group.frames.length}`)
    desk.settle(work.kind === 'image' ? { imageId: id } : { masterId: id })
  }
  return done
}

describe('P44 what is to be done about images', () => {
  it('those without a word on them, the oldest first, alerts before all', () => {
    const desk = deskAfter([image('a'), image('b'), settled('a'), image('c'), image('d', 'alert-swift-1')])
    expect(allWork(desk)).toEqual(['d', 'b', 'c'])
  })

  it('masters once the night is over, biases first; a flat of no use goes into none', () => {
    const frames = [
      taken('flat', 'f1'),
      taken('flat', 'f2', { usable: false }),
      taken('dark', 'd1'),
      taken('bias', 'b1'),
      taken('bias', 'b2'),
      taken('bias', 'b2'),
    ]
    expect(allWork(deskAfter(frames))).toEqual([])
    const wanted = ['bias of 2', 'dark of 1', 'flat of 1']
    expect(allWork(deskAfter([...frames, closed]))).toEqual(wanted)
    // The program was off when that night ended.
    expect(allWork(deskAfter([...frames, opened]))).toEqual(wanted)
  })

  it('what does not fit into memory stays in the log and is said to be there', () => {
    const story = Array.from({ length: 5 }, (_, n) => image(`i${n}`))
    const first = deskAfter(story, 2)
    expect([first.waiting, first.hasMore]).toEqual([2, true])
    expect(allWork(first)).toEqual(['i0', 'i1'])
    // Anew, with what is on record by now: that takes no room.
    const done = [settled('i0'), settled('i1')]
    const second = deskAfter([...story, ...done], 2, ['i0', 'i1'])
    expect(allWork(second)).toEqual(['i2', 'i3'])
    const third = deskAfter([...story, ...done], 3, ['i0', 'i1'])
    expect([allWork(third), third.hasMore]).toEqual([['i2', 'i3', 'i4'], false])
  })

  it('an image is corrected with the newest flat of its filter, and with no other camera’s', () => {
    const flat = (masterId: string, changes: object = {}): Happening => ({
      type: 'MasterFrameBuilt',
      data: { ...built, masterId, ...changes },
      night,
      stream: `master-${masterId}`,
    })
    const dark = (masterId: string, exposureS: number) =>
      flat(masterId, { kind: 'dark', filter: null, exposureS })
    const desk = deskAfter([
      flat('old'),
      flat('new'),
      flat('other-filter', { filter: 'g' }),
      flat('other-camera', { detector: 'infrared' }),
      dark('dark-30', 30),
      dark('dark-90', 90),
      dark('dark-600', 600),
      image('a'),
    ])
    const work = desk.next()
    expect([work?.fitting.bias, work?.fitting.dark?.id, work?.fitting.flat?.id]).toEqual([
      null,
      'dark-90',
      'new',
    ])
  })

  it('another site’s images are no affair of this one', () => {
    const desk = new ImageDesk('elsewhere', new Set(), 10)
    for (const event of recordedStory([image('a'), taken('bias', 'b'), closed])) desk.heed(event)
    expect(allWork(desk)).toEqual([])
  })
})
