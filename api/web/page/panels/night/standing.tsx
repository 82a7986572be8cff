import type { NightNow, Schedule, ScheduleEntry } from '../../../answers.ts'
import { Instant, Until } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { fixed } from '../../ui/numbers.ts'
import { Fact } from '../../ui/section.tsx'
import { phaseWords } from './words.ts'

const headline = ({ night, observing }: NightNow): string => {
  if (night?.suspended_why && !night.closed_at) return 'Suspended'
  if (observing) return 'Observing'
  if (night && night.phase === 'observing' && !night.closed_at) return 'Idle'
  const words = phaseWords(night)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

const kinds: Readonly<Record<ScheduleEntry['kind'], string>> = {
  planned: 'planned by worth: priority, time left and how well it stands',
  fixed: 'its time is fixed',
  frozen: 'so near to its beginning that it was kept',
  alert: 'an alert: it goes before everything else',
}

const WhyThis = ({ entry }: { entry: ScheduleEntry }) => (
  <>
    {kinds[entry.kind]}; priority {entry.priority}
    {entry.altitudeDeg === null ? '' : `, ${fixed(entry.altitudeDeg, 0)}° high`}
    {entry.airmass === null ? '' : `, airmass ${fixed(entry.airmass, 2)}`}
    {entry.moonSeparationDeg === null ? '' : `, ${fixed(entry.moonSeparationDeg, 0)}° from the Moon`}
  </>
)

const Progress = ({ taken, expected }: { taken: number; expected: number }) => (
  <span class="progress">
    <progress max={expected} value={taken} aria-label="images taken" />
    <span>
      {taken} of {expected} images
    </span>
  </span>
)

const Observing = ({
  observing,
  entry,
}: {
  observing: NonNullable<NightNow['observing']>
  entry: ScheduleEntry | undefined
}) => (
  <>
    <Fact name="Observing">
      <strong>{entry?.name ?? observing.sequence_id}</strong>{' '}
      <Link to="/requests" query={{ id: observing.request_id }} class="id">
        {observing.sequence_id}
      </Link>
    </Fact>
    <Fact name="Progress">
      <Progress taken={observing.images_taken} expected={observing.images_expected} />
    </Fact>
    <Fact name="Ends">
      <Instant at={observing.ends_expected_at} /> <Until at={observing.ends_expected_at} />
    </Fact>
    <Fact name="Why this">
      {entry ? <WhyThis entry={entry} /> : 'its entry is in an earlier version of the plan'}{' '}
      <Link to="/journal" query={{ stream: `observation-${observing.sequence_id}-${observing.attempt}` }}>
        Why?
      </Link>
    </Fact>
  </>
)

export const Standing = ({ facts, schedule }: { facts: NightNow; schedule: Schedule | null }) => {
  const { night, observing, next, now } = facts
  const entry = schedule?.entries.find(({ sequenceId }) => sequenceId === observing?.sequence_id)
  return (
    <>
      <p class="headline">{headline(facts)}</p>
      <p class="lead">{now}</p>
      <dl class="facts">
        {observing ? <Observing observing={observing} entry={entry} /> : null}
        {night?.suspended_why && night.suspended_since ? (
          <Fact name="Suspended">
            since <Instant at={night.suspended_since} seconds />{' '}
            {night.suspended_event ? (
              <Link to="/journal" query={{ event: night.suspended_event }}>
                Why?
              </Link>
            ) : null}
          </Fact>
        ) : null}
        <Fact name="Next">
          {next ? (
            <>
              <strong>{next.name}</strong> <Instant at={next.starts_at} /> <Until at={next.starts_at} />
            </>
          ) : (
            <>
              nothing is planned; <Link to="/requests">ask for something</Link>
            </>
          )}
        </Fact>
        {night?.phase_since && !night.closed_at ? (
          <Fact name="Phase">
            {phaseWords(night)} since <Instant at={night.phase_since} />
          </Fact>
        ) : null}
      </dl>
    </>
  )
}
