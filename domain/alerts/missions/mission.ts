import type { RadiusMeaning } from '../error-radius.ts'
import type { NoticeKind } from '../notice.ts'
import type { VoEvent } from './voevent.ts'

/** What a mission's notices of one type are worth. */
export type NoticeTypeRule = {
  readonly name: string
  /** The higher the better it knows the place. */
  readonly rank: number
  readonly kind: NoticeKind
  readonly radius: RadiusMeaning
  readonly instrument: string | null
}

/** A mission's way of writing notices, as data and a few readers. */
export type Mission = {
  readonly name: string
  /** Who may speak for it: ivorn authorities without `ivo://`, lower-case, and topics. `x/*` is any stream of x. */
  readonly authorities: readonly string[]
  /** By GCN's Packet_Type. */
  readonly types: ReadonlyMap<number, NoticeTypeRule>
  /** Whether `sequence` counts revisions of the place: the newest is the best, whatever its radius. */
  readonly sequenceRevises?: true
  triggerIdOf(event: VoEvent): string | null
  sequenceOf?(event: VoEvent): number | null
  instrumentOf?(event: VoEvent): string | null
  falseAlarmRateHzOf?(event: VoEvent): number | null
  signalToNoiseOf?(event: VoEvent): number | null
  significantOf?(event: VoEvent): boolean | null
  skymapUrlOf?(event: VoEvent): string | null
  /** Signs of a test beyond those that every mission has. */
  testSignsOf?(event: VoEvent): readonly string[]
  falseAlarmHintsOf?(event: VoEvent): readonly string[]
  /** Whether this notice takes its trigger back, beyond what every mission has. */
  isRetraction?(event: VoEvent): boolean
}

type Shared = Omit<NoticeTypeRule, 'name' | 'rank'>

/** A table of types from rows of number, name and rank that share the rest. */
export const typesOf = (
  ...tables: readonly (readonly [Shared, readonly (readonly [number, string, number])[]])[]
): ReadonlyMap<number, NoticeTypeRule> =>
  new Map(
    tables.flatMap(([shared, rows]) =>
      rows.map(([code, name, rank]) => [code, { ...shared, name, rank }] as const),
    ),
  )

/** Whether an authority is one of a list in which `x/*` stands for any stream of x. */
export const isListed = (authority: string, list: readonly string[]): boolean => {
  const asked = authority.toLowerCase()
  return list.some((listed) =>
    listed.endsWith('/*') ? asked.startsWith(listed.slice(0, -1)) : asked === listed,
  )
}
