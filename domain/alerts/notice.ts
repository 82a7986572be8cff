import { z } from 'zod'

const instant = z.iso.datetime()

/** How large the error of a place is, with what the number means: missions mean different things by a radius. */
export const errorRadiusSchema = z.object({
  /** As it was sent. */
  radiusDeg: z.number().positive(),
  /** The share of cases in which the source is within `radiusDeg`, 0 to 1. */
  containment: z.number().gt(0).lt(1),
  /** Whether `radiusDeg` holds the systematic error too. */
  systematicIncluded: z.boolean(),
  /** Systematic error, of the same containment, added in quadrature for `r90Deg`; 0 where none is known. */
  addedSystematicDeg: z.number().nonnegative(),
  /** The radius that holds the source in 90 of 100 cases: the one figure that can be compared between missions. */
  r90Deg: z.number().positive(),
})

/** A place on the sky, J2000. A place without a radius is one whose error nobody told. */
export const placeSchema = z.object({
  raDeg: z.number().min(0).lt(360),
  decDeg: z.number().min(-90).max(90),
  error: errorRadiusSchema.nullable(),
})

export const roleSchema = z.enum(['observation', 'prediction', 'utility', 'test'])

export const noticeKindSchema = z.enum([
  /** Tells of a trigger, for the first time or once more. */
  'detection',
  'retraction',
  /** Belongs to a trigger, but its place, if it has one, is not the source's: slews, light curves, none found. */
  'accompanying',
  /** About a facility or a known source; never a target. */
  'not-a-target',
])

/** Something odd in a notice that did not keep it from being read. */
export const noticeFlagSchema = z.object({ code: z.string(), path: z.string(), detail: z.string() })

export const paramSchema = z.object({
  group: z.string().nullable(),
  name: z.string(),
  /** Verbatim. Null where a Param has no value. */
  value: z.string().nullable(),
  unit: z.string().nullable(),
  ucd: z.string().nullable(),
})

export const citationSchema = z.object({ name: z.string(), cite: z.string() })

export const formatSchema = z.enum(['voevent', 'gcn-json', 'unknown'])

/** What of a sky map is needed to judge and to tile it. */
export const skymapDigestSchema = z.object({
  /** Of the densest pixels that together hold 90 % of the probability. */
  area90SqDeg: z.number().positive(),
  /** HEALPix order of `densest`, NESTED. */
  order: z.int().nonnegative(),
  /** Pixels and the share of the probability in each, the densest first; no more than can be of use to a camera. */
  densest: z.array(z.tuple([z.int().nonnegative(), z.number().nonnegative()])),
})

/** A map of probabilities over the sky, where the notice has one. `url` and `inlineBytes` exclude each other. */
const skymapSchema = z.object({
  url: z.string().nullable(),
  inlineBytes: z.int().nonnegative().nullable(),
  /** Of one that was sent along and could be read. */
  digest: skymapDigestSchema.optional(),
})

/** What a trigger needs of a notice: everything but its params. */
export const noticeDigestSchema = z.object({
  /** The one name of this notice: its ivorn; for JSON topic, id and record number. */
  name: z.string(),
  format: formatSchema,
  /** Who says so: the part of the ivorn before `#`, or the topic. */
  authority: z.string(),
  /** Lower-case; part of stream names. */
  mission: z.string(),
  instrument: z.string().nullable(),
  /** The mission's name of the trigger, verbatim. */
  triggerId: z.string(),
  noticeType: z.object({ code: z.int().nullable(), name: z.string() }),
  /** The higher the better a notice of this type knows the place; within one mission only. */
  rank: z.int(),
  /** Which of its type or trigger it is, where the mission counts. */
  sequence: z.number().nullable(),
  kind: noticeKindSchema,
  role: roleSchema,
  /** Every sign that nobody must act on it; one is enough. Empty for the real thing. */
  testSigns: z.array(z.string()),
  /** When the notice was made. */
  issuedAt: instant.nullable(),
  /** When the thing itself was seen. */
  eventAt: instant.nullable(),
  place: placeSchema.nullable(),
  skymap: skymapSchema.nullable(),
  /** How often noise alone would give this. */
  falseAlarmRateHz: z.number().nonnegative().nullable(),
  signalToNoise: z.number().nullable(),
  /** Whether the mission itself calls it significant; null where it does not say. */
  significant: z.boolean().nullable(),
  /** Signs that it is not what it seems; they lower the rank of a trigger, they do not delete it. */
  falseAlarmHints: z.array(z.string()),
  citations: z.array(citationSchema),
})

/** A notice as read: units in names, missing as missing, numbers only where the mission's mapper vouches for them. */
export const noticeSchema = noticeDigestSchema.extend({
  flags: z.array(noticeFlagSchema),
  params: z.array(paramSchema),
})

export const quarantineReasonSchema = z.enum([
  'empty',
  'too-large',
  'not-utf8',
  'doctype',
  'not-well-formed',
  'too-deep',
  'too-many-elements',
  'not-a-notice',
  'no-name',
  'unknown-role',
  'reader-failed',
])

export type ErrorRadius = z.output<typeof errorRadiusSchema>
export type Place = z.output<typeof placeSchema>
export type NoticeKind = z.output<typeof noticeKindSchema>
export type NoticeFlag = z.output<typeof noticeFlagSchema>
export type Param = z.output<typeof paramSchema>
export type Citation = z.output<typeof citationSchema>
export type SkyMapDigest = z.output<typeof skymapDigestSchema>
export type NoticeFormat = z.output<typeof formatSchema>
export type NoticeDigest = z.output<typeof noticeDigestSchema>
export type Notice = z.output<typeof noticeSchema>
export type QuarantineReason = z.output<typeof quarantineReasonSchema>

/** What became of reading a notice. */
export type Reading =
  | { readonly outcome: 'read'; readonly notice: Notice }
  | {
      readonly outcome: 'quarantined'
      readonly format: NoticeFormat
      readonly reason: QuarantineReason
      readonly detail: string
    }

/** The notice without what only its reader needs. */
export const digestOf = ({ flags: _flags, params: _params, ...digest }: Notice): NoticeDigest => digest
