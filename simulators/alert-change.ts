import { z } from 'zod'
import { noticeKinds } from './alert-notice.ts'
import { checked, ScenarioError } from './timeline.ts'

/** How the frame of a notice can be spoiled on its way. */
export const deliveries = [
  'well',
  'split',
  'glued',
  'half',
  'xml-cut',
  'not-xml',
  'length-zero-first',
  'length-too-long',
  'length-too-short',
] as const
export type Delivery = (typeof deliveries)[number]

const count = z.int().positive()
const notice = z
  .strictObject({
    notice: z.enum(noticeKinds),
    /** What the mission calls it; `*` stands for the second in which the round began. */
    trigger: z.string().min(1),
    raDeg: z.number().min(0).lt(360).optional(),
    /** Instead of a right ascension: so far west of the site's meridian, so that it is up whenever it is played. */
    hourAngleDeg: z.number().min(-180).max(180).optional(),
    decDeg: z.number().min(-90).max(90),
    errorRadiusDeg: z.number().nonnegative().default(0.05),
    /** How long ago the burst was. */
    ageS: z.number().nonnegative().default(20),
    serial: count.default(1),
    delivery: z.enum(deliveries).default('well'),
    times: count.default(1),
  })
  .refine(({ raDeg, hourAngleDeg }) => (raDeg === undefined) !== (hourAngleDeg === undefined), {
    error: 'wants raDeg or hourAngleDeg',
  })
const flood = z.strictObject({ flood: count })
const silence = z.strictObject({ silence: count })
const outage = z.strictObject({ outage: count })
const file = z.strictObject({ file: z.string().min(1) })

const forms = 'one of notice, file, flood, silence, outage'

export type AskedNotice = z.output<typeof notice>

/** What an entry does. A flood is of so many different notices that ask for nothing; silence and outage last iterations. */
export type AlertChange =
  | { readonly kind: 'notice'; readonly asked: AskedNotice }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'flood'; readonly notices: number }
  | { readonly kind: 'silence' | 'outage'; readonly iterations: number }

/** Reads one `alertSimulator` entry, or refuses it by its index (P24). */
export const parseAlertChange = (json: unknown, index: number): AlertChange => {
  const asked = checked(z.record(z.string(), z.unknown()), json, index)
  if ('notice' in asked) return { kind: 'notice', asked: checked(notice, asked, index) }
  if ('flood' in asked) return { kind: 'flood', notices: checked(flood, asked, index).flood }
  if ('file' in asked) return { kind: 'file', path: checked(file, asked, index).file }
  if ('silence' in asked) return { kind: 'silence', iterations: checked(silence, asked, index).silence }
  if ('outage' in asked) return { kind: 'outage', iterations: checked(outage, asked, index).outage }
  throw new ScenarioError(index, `alertSimulator wants ${forms}`)
}
