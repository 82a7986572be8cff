import { SiderealTime } from 'astronomy-engine'
import type { AskedNotice } from './alert-change.ts'
import { noticeXml } from './alert-notice.ts'

type Circumstances = {
  readonly issuedAt: number
  /** Names what must not be named twice, in this run or the next. */
  readonly roundBegan: number
  /** East, in degrees: where an hour angle is counted from. */
  readonly longitudeDeg: number
}

const raOf = ({ raDeg, hourAngleDeg = 0 }: AskedNotice, atMs: number, longitudeDeg: number): number => {
  if (raDeg !== undefined) return raDeg
  const siderealDeg = SiderealTime(new Date(atMs)) * 15 + longitudeDeg
  return Math.round(((((siderealDeg - hourAngleDeg) % 360) + 360) % 360) * 1e4) / 1e4
}

/** A notice that a scenario asks for, as VOEvent XML, and what its trigger is called. */
export const askedNotice = (
  asked: AskedNotice,
  { issuedAt, roundBegan, longitudeDeg }: Circumstances,
): { readonly trigger: string; readonly xml: string } => {
  const trigger = asked.trigger.replaceAll('*', `${Math.floor(roundBegan / 1_000)}`)
  const xml = noticeXml({
    ...asked,
    kind: asked.notice,
    trigger,
    raDeg: raOf(asked, issuedAt, longitudeDeg),
    eventAt: issuedAt - asked.ageS * 1_000,
    issuedAt,
  })
  return { trigger, xml }
}
