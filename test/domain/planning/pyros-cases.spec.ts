import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { explain } from '#domain/planning/explain.ts'
import { plan } from '#domain/planning/plan.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const sequenceSchema = z.object({
  id: z.string(),
  jd1: z.number(),
  jd2: z.number(),
  duration: z.number(),
  priority: z.number(),
  t_prefered: z.number().default(-1),
  n: z.number().default(0),
  user: z.string().optional(),
  country: z.string().optional(),
  alert: z.boolean().default(false),
})
type Sequence = z.output<typeof sequenceSchema>

const casesSchema = z.array(
  z.object({
    name: z.string(),
    note: z.string(),
    options: z.object({
      o: z.number().default(0),
      now: z.number().optional(),
      h0: z.number().default(0),
      h1: z.number().default(100),
      quota: z.record(z.string(), z.number()).default({}),
      country: z.record(z.string(), z.number()).default({}),
      first_schedule: z.boolean().default(true),
      placed: z.array(sequenceSchema.extend({ start: z.number(), locked: z.boolean() })).default([]),
    }),
    sequences: z.array(sequenceSchema),
    expected: z.object({
      planned: z.record(z.string(), z.tuple([z.number(), z.number()])),
      rejected: z.record(z.string(), z.string()),
      moved: z.record(z.string(), z.string()),
    }),
  }),
)

const cases = casesSchema.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/pyros/scheduler_cases.json', import.meta.url), 'utf8')),
)
type Case = (typeof cases)[number]

// The cases count in units of their own: seconds after an instant in the dark.
const originMs = Date.UTC(2026, 11, 13, 6)
const at = (unit: number): string => new Date(originMs + unit * 1000).toISOString()
const unitOf = (instant: string): number => (Date.parse(instant) - originMs) / 1000

const candidateOf = ({
  id,
  jd1,
  jd2,
  duration,
  priority,
  t_prefered,
  n,
  user,
  country,
  alert,
}: Sequence) => ({
  id,
  submitted: n,
  priority,
  durationS: duration,
  target: null,
  windows: [{ from: at(jd1), until: at(jd2) }],
  preferredAt: t_prefered < 0 ? null : at(t_prefered),
  alert,
  user,
  country,
})

const quotas = (level: 'user' | 'country', left: Record<string, number>) =>
  Object.entries(left).map(([id, leftS]) => ({ level, id, leftS }))

const inputOf = ({ options, sequences }: Case) => {
  const { placed, o, h0, h1, now, quota, country, first_schedule: keeps } = options
  const movable = placed.filter(({ locked }) => !locked)
  return readPlanInput({
    site: sanPedroMartir,
    night: '2026-12-12',
    bounds: { from: at(h0), until: at(h1) },
    from: now === undefined ? undefined : at(now),
    setup: { kind: 'fixed', seconds: o },
    candidates: [...sequences, ...movable].map(candidateOf),
    quotas: [...quotas('user', quota), ...quotas('country', country)],
    fixed: placed
      .filter(({ locked }) => locked)
      .map(({ id, start, duration }) => ({ id, startsAt: at(start), endsAt: at(start + o + duration) })),
    // first_schedule: the new is inserted and the rest kept; otherwise everything is planned anew.
    previous: keeps ? movable.map(({ id, start }) => ({ id, startsAt: at(start + o) })) : [],
    rules: { gridS: 1, setupInsideWindow: true, freezeS: 0 },
  })
}

const outcomeOf = (one: Case) => {
  const planning = plan(inputOf(one))
  const { placed } = planning.plan
  return {
    planned: Object.fromEntries(
      placed.map(({ id, setupAt, endsAt }) => [id, [unitOf(setupAt), unitOf(endsAt)]]),
    ),
    rejected: Object.fromEntries(explain(planning).map(({ id, reason }) => [id, reason.code])),
    moved: Object.fromEntries(
      placed
        .filter(({ movedS }) => movedS !== null && movedS !== 0)
        .map(({ id, movedS }) => [id, (movedS ?? 0) < 0 ? 'left' : 'right']),
    ),
  }
}

describe('the cases of PYROS', () => {
  it('are all there', () => expect(cases).toHaveLength(22))

  it.each(cases)('$name: $note', (one) => {
    const { planned, rejected, moved } = outcomeOf(one)
    expect(planned).toEqual(one.expected.planned)
    expect(rejected).toEqual(one.expected.rejected)
    // What is lifted out and put back for an alert counts as placed anew, not as moved; without earlier places `moved`
    // tells of the plan while it was being built, which only PYROS's own algorithm has.
    if (one.options.placed.length > 0 && !one.sequences.some(({ alert }) => alert))
      expect(moved).toEqual(one.expected.moved)
  })
})
