import { ICalCalendar } from 'ical-generator'
import type { ScheduleEntry } from '#api/http/schedule-shapes.ts'
import type { Exported } from './exported.ts'

const about = ({ sequenceId, raDeg, decDeg, altitudeDeg, airmass, priority }: ScheduleEntry): string =>
  [
    `sequence ${sequenceId}, priority ${priority}`,
    raDeg === null || decDeg === null ? null : `RA ${raDeg.toFixed(5)}°, Dec ${decDeg.toFixed(5)}°`,
    altitudeDeg === null ? null : `altitude ${altitudeDeg.toFixed(0)}°, airmass ${airmass?.toFixed(2)}`,
  ]
    .filter((line) => line !== null)
    .join('\n')

/** The schedule as iCalendar (RFC 5545): what a calendar is subscribed to. Each sequence keeps its id through all versions. */
export const scheduleCalendar = ({ facility, night, version, publishedAt, entries }: Exported): string => {
  const calendar = new ICalCalendar({
    name: `${facility}, night of ${night}`,
    prodId: { company: 'Noctuary', product: 'schedule', language: 'EN' },
  })
  for (const entry of entries)
    calendar.createEvent({
      id: `${entry.sequenceId}@${night}.noctuary`,
      start: entry.startsAt,
      end: entry.endsAt,
      stamp: publishedAt,
      sequence: version,
      summary: entry.name,
      description: about(entry),
      location: facility,
    })
  return calendar.toString()
}
