import { describe, expect, it } from 'vitest'
import { request } from '#domain/requests/decider.ts'
import { InvalidRevision, RequestUnknown, RequestWithdrawnAlready } from '#domain/requests/refusals.ts'
import { given, historyOf } from '#test/support/given-when-then.ts'
import {
  drafting,
  requestId,
  revising,
  sequenceGiven,
  submissionAt,
  submitting,
  withdrawing,
} from '#test/support/requests.ts'

const past = (...commands: Parameters<typeof request.decide>[0][]) => historyOf(request, commands)

const two = [sequenceGiven(), sequenceGiven({ name: 'crab in i' })]

describe('a request', () => {
  it('P27 is drafted, and drafted and submitted at once', () => {
    given(request)().when(drafting()).thenTypes('RequestDrafted')
    given(request)()
      .when(drafting({}, { submit: true }))
      .thenTypes('RequestDrafted', 'RequestSubmitted')
  })

  it('P31 has sequences whose ids lead back to it, in the order of their author', () => {
    const { data } = given(request)()
      .when(drafting({ sequences: two }))
      .the('RequestDrafted')
    expect(data.sequences.map(({ id, name }) => [id, name])).toEqual([
      [`${requestId}.1`, 'crab in r'],
      [`${requestId}.2`, 'crab in i'],
    ])
  })

  it('says in one event all that the planner needs', () => {
    const { data } = given(request)()
      .when(drafting({}, { submit: true }))
      .the('RequestSubmitted')
    expect(data.sequences[0]).toMatchObject({
      durationS: 660,
      priority: 50,
      tier: 'normal',
      target: { name: 'M1', raDeg: expect.closeTo(83.6329, 4), decDeg: expect.closeTo(22.0144, 4) },
      constraints: { minAltitudeDeg: 30, maxSunAltitudeDeg: -12 },
    })
  })

  it('with faults is refused with all of them and stays a draft', () => {
    const outcome = given(request)().when(
      drafting(
        {
          sequences: [sequenceGiven({ target: { ra: 201, dec: -63 }, durationS: 60, priority: 1 })],
        },
        { submit: true },
      ),
    )
    outcome.thenTypes('RequestDrafted', 'RequestRefused')
    expect(outcome.the('RequestRefused').data.faults.map(({ code, path }) => [code, path])).toEqual([
      ['PRIORITY_ABOVE_LEVEL', 'sequences[0].priority'],
      ['EXPOSURES_EXCEED_DURATION', 'sequences[0].durationS'],
      ['NEVER_ABOVE_LIMIT', 'sequences[0].target'],
    ])
    outcome.and.when(revising({})).thenTypes('RequestRevised')
    outcome.and.when(revising({})).and.when(submitting).thenTypes('RequestSubmitted')
  })

  it('submitted again changes nothing, and withdrawn again neither', () => {
    given(request)(...past(drafting(), submitting))
      .when(submitting)
      .thenNothing()
    given(request)(...past(drafting(), withdrawing))
      .when(withdrawing)
      .thenNothing()
  })

  it('keeps the ids of sequences that are the same by name when it is revised, and gives no number twice', () => {
    const log = past(
      drafting({ sequences: two }),
      revising({ sequences: [sequenceGiven({ name: 'new' }), sequenceGiven({ durationS: 900 })] }),
    )
    const outcome = given(request)(...log).when(
      revising({ sequences: [sequenceGiven({ name: 'crab in i' }), sequenceGiven()] }),
    )
    const { sequences, droppedSequenceIds, submitted } = outcome.the('RequestRevised').data
    expect(sequences.map(({ id }) => id)).toEqual([`${requestId}.4`, `${requestId}.1`])
    expect(droppedSequenceIds).toEqual([`${requestId}.3`])
    expect(submitted).toBe(false)
  })

  it('revised to what it is already changes nothing', () =>
    given(request)(...past(drafting()))
      .when(revising({}))
      .thenNothing())

  it('that is submitted is revised only to what could be submitted', () => {
    const log = past(drafting(), submitting)
    const outcome = given(request)(...log).when(revising({ name: 'another name' }))
    expect(outcome.the('RequestRevised').data).toMatchObject({ submitted: true, name: 'another name' })
    expect(() =>
      given(request)(...log).when(revising({ sequences: [sequenceGiven({ target: null })] })),
    ).toThrow(InvalidRevision)
  })

  it('says which sequences the planner must forget when it is withdrawn', () =>
    given(request)(...past(drafting({ sequences: two }), submitting))
      .when(withdrawing)
      .then({
        type: 'RequestWithdrawn',
        data: {
          requestId,
          sequenceIds: [`${requestId}.1`, `${requestId}.2`],
          why: 'observed elsewhere',
        },
      }))

  it('that is not there, or was withdrawn, is told apart', () => {
    expect(() => given(request)().when(submitting)).toThrow(RequestUnknown)
    const log = past(drafting(), withdrawing)
    for (const command of [submitting, revising({ name: 'x' })])
      expect(() => given(request)(...log).when(command)).toThrow(RequestWithdrawnAlready)
  })

  it('P26 with windows in seconds from its submission has them count from then, not from its draft', () => {
    const draft = drafting({
      windows: [{ from: '2026-11-21T04:00:15Z', until: '2026-11-21T14:00:00Z' }],
    })
    if (draft.type !== 'DraftRequest') throw new Error('a draft')
    const relative = { ...draft, content: { ...draft.content, relativeTo: submissionAt } }
    const { data } = given(request)(...past(relative))
      .when({ ...submitting, at: '2026-11-22T04:00:00.000Z' })
      .the('RequestSubmitted')
    expect(data.relativeTo).toBe('2026-11-22T04:00:00.000Z')
    expect(data.sequences[0]?.windows).toEqual([
      { from: '2026-11-22T04:00:15.000Z', until: '2026-11-22T14:00:00.000Z' },
    ])
  })
})
