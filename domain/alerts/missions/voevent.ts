import type { Citation, NoticeFlag, Param } from '../notice.ts'

/** A place as a VOEvent writes it: text, for the mission's mapper to vouch for. */
export type SentPlace = {
  readonly unit: string | null
  readonly ra: string | null
  readonly dec: string | null
  readonly radius: string | null
  readonly time: string | null
}

/** What a VOEvent of any version says, before anything is made of it. */
export type VoEvent = {
  readonly ivorn: string
  readonly role: 'observation' | 'prediction' | 'utility' | 'test'
  readonly issued: string | null
  readonly params: readonly Param[]
  readonly places: readonly SentPlace[]
  readonly citations: readonly Citation[]
  readonly flags: readonly NoticeFlag[]
}

/** The first value of a Param of this name, in a group if one is named; missions repeat names in several groups. */
export const paramOf = ({ params }: VoEvent, name: string, group?: string): string | null =>
  params.find((param) => param.name === name && (group === undefined || param.group === group))?.value ?? null
