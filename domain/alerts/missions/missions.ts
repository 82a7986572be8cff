import { drill } from './drill.ts'
import { einsteinProbe } from './einstein-probe.ts'
import { fermiGbm, fermiLat } from './fermi.ts'
import { icecube } from './icecube.ts'
import { lvk } from './lvk.ts'
import { isListed, type Mission, type NoticeTypeRule } from './mission.ts'
import { otherMissions } from './others.ts'
import { svom } from './svom.ts'
import { swift } from './swift.ts'

/** Every mission whose notices are understood. */
export const missions: readonly Mission[] = [
  swift,
  fermiGbm,
  fermiLat,
  lvk,
  icecube,
  svom,
  einsteinProbe,
  drill,
  ...otherMissions,
]

/** Who speaks first, and what of: one authority (Fermi) may send for several missions, so the type decides then. */
export const missionOf = (authority: string, packetType: number | null): Mission | null => {
  const listed = missions.filter(({ authorities }) => isListed(authority, authorities))
  return listed.find(({ types }) => packetType !== null && types.has(packetType)) ?? listed[0] ?? null
}

export const missionNamed = (name: string): Mission | null =>
  missions.find((mission) => mission.name === name) ?? null

export const typeRuleOf = (mission: Mission | null, packetType: number | null): NoticeTypeRule | null =>
  packetType === null ? null : (mission?.types.get(packetType) ?? null)
