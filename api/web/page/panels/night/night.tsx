import type { Environment, NightNow, Schedule } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { Empty, Loaded, Section } from '../../ui/section.tsx'
import { Instruments } from './instruments.tsx'
import { Mode } from './mode.tsx'
import { Notes } from './notes.tsx'
import { Pictures } from './pictures.tsx'
import { Standing } from './standing.tsx'
import { TonightBar } from './tonight-bar.tsx'
import { VerdictNow } from './verdict.tsx'

/** The night at arm's length: what is going on, whether it is safe, and what comes next. */
export const NightPanel = () => {
  const now = useAnswer<NightNow>('/api/night', ['nights', 'observations', 'schedule'])
  const environment = useAnswer<Environment>('/api/environment', ['environment'])
  const schedule = useAnswer<Schedule>('/api/schedule', ['schedule'])
  return (
    <div class="panel">
      <Section title="Now" span={7}>
        <Loaded seen={now}>{(facts) => <Standing facts={facts} schedule={schedule.data} />}</Loaded>
      </Section>
      <Section title="Verdict" span={5}>
        <Loaded
          seen={environment}
          none="No verdict yet: the environment monitor has not polled the PLC. System shows whether it runs."
        >
          {(facts) => <VerdictNow environment={facts} />}
        </Loaded>
      </Section>
      <Section title="Through the night">
        {now.data?.night ? (
          <TonightBar night={now.data.night} schedule={schedule.data} />
        ) : (
          <Empty>No night has begun. The majordome opens one; System shows whether it runs.</Empty>
        )}
      </Section>
      <Section title="Instruments" span={7}>
        <Instruments />
      </Section>
      <Section title="In whose hands" span={5}>
        <Mode night={now.data?.night ?? null} />
      </Section>
      <Section title="Notes">
        <Notes night={now.data?.night?.night ?? null} />
      </Section>
      <Section title="Newest images">
        <Pictures night={now.data?.night?.night ?? null} />
      </Section>
    </div>
  )
}
