import type { Night, Observation, Schedule } from '../../../answers.ts'
import { type Block, NightBar } from '../../charts/night-bar.tsx'
import { shownNow } from '../../clock.ts'
import { useAnswer } from '../../data/answer.ts'

const kindOf = (state: string): Block['kind'] => {
  if (state === 'running') return 'running'
  return state === 'finished' ? 'done' : 'failed'
}

const blockOf = (seen: Observation): Block => ({
  id: `${seen.sequence_id}/${seen.attempt}`,
  name: seen.sequence_id,
  from: Date.parse(seen.started_at),
  until: seen.ended_at ? Date.parse(seen.ended_at) : Date.parse(seen.ends_expected_at),
  kind: kindOf(seen.state),
})

/** What became of this night so far, and what is planned of the rest. */
export const TonightBar = ({ night, schedule }: { night: Night; schedule: Schedule | null }) => {
  const { data } = useAnswer<{ items: Observation[] }>(`/api/observations?night=${night.night}&limit=200`, [
    'observations',
  ])
  const seen = (data?.items ?? []).map(blockOf)
  const planned = (schedule?.night === night.night ? schedule.entries : [])
    .filter(({ startsAt }) => Date.parse(startsAt) > shownNow.value)
    .map(
      (entry): Block => ({
        id: `${entry.sequenceId}#${entry.occurrence}`,
        name: entry.name,
        from: Date.parse(entry.startsAt),
        until: Date.parse(entry.endsAt),
        kind: 'planned',
      }),
    )
  return (
    <>
      <NightBar night={night} blocks={[...seen, ...planned]} />
      <ul class="legend">
        <li class="key-done">observed</li>
        <li class="key-running">running</li>
        <li class="key-failed">broken off</li>
        <li class="key-planned">planned</li>
      </ul>
    </>
  )
}
