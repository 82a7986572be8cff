import { stringify } from 'csv-stringify/sync'
import type { Exported } from './exported.ts'

const columns = [
  'sequenceId',
  'requestId',
  'name',
  'kind',
  'setupAt',
  'startsAt',
  'endsAt',
  'priority',
  'raDeg',
  'decDeg',
  'altitudeDeg',
  'airmass',
  'moonSeparationDeg',
  'quality',
  'value',
  'slackBeforeS',
  'slackAfterS',
  'chargeS',
] as const

/** The schedule as CSV (RFC 4180) with a header line. A name that a spreadsheet would take for a formula is made harmless. */
export const scheduleCsv = ({ entries }: Exported): string =>
  stringify([...entries], { header: true, columns: [...columns], escape_formulas: true })
