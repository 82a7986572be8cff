import type { Schedule } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { queryOf } from '../../route.ts'
import { Loaded, Section } from '../../ui/section.tsx'
import { Entries } from './entries.tsx'
import { History } from './history.tsx'
import { InForce } from './in-force.tsx'
import { LeftOut } from './left-out.tsx'
import { Plot } from './plot.tsx'

/** The plan: what is to be observed when, how high it stands then, what is left out and why, and how the plan came about. */
export const SchedulePanel = () => {
  const version = queryOf('version')
  const night = queryOf('night')
  const older = night && version ? `/api/schedules/${night}/${version}` : null
  const seen = useAnswer<Schedule>(older ?? `/api/schedule${night ? `?night=${night}` : ''}`, ['schedule'])
  const none =
    'There is no plan yet: the planner makes one at the first request, or as soon as it is asked for one.'
  return (
    <div class="panel">
      <Section title="The plan" span={5}>
        <Loaded seen={seen} none={none}>
          {(schedule) => <InForce schedule={schedule} isOld={older !== null} />}
        </Loaded>
      </Section>
      <Section title="How it came about" span={7}>
        <History night={seen.data?.night ?? null} shown={seen.data?.version ?? null} />
      </Section>
      <Section title="Through the night">
        <Loaded seen={seen} none={none}>
          {(schedule) => <Plot schedule={schedule} />}
        </Loaded>
      </Section>
      <Section title="In order">
        <Loaded seen={seen} none={none}>
          {(schedule) => <Entries entries={schedule.entries} />}
        </Loaded>
      </Section>
      <Section title="Left out, and why">
        <Loaded seen={seen} none={none}>
          {(schedule) => <LeftOut schedule={schedule} />}
        </Loaded>
      </Section>
    </div>
  )
}
