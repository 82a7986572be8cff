import type { Environment } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { Empty, Loaded, Section } from '../../ui/section.tsx'
import { VerdictNow } from '../night/verdict.tsx'
import { Charts } from './charts.tsx'
import { Operations } from './operations.tsx'
import { Quantities } from './quantities.tsx'

/** Weather and the inside on one page, each quantity beside its limit. */
export const EnvironmentPanel = () => {
  const seen = useAnswer<Environment>('/api/environment', ['environment'])
  const none =
    'Nothing is judged yet: the environment monitor has not polled the PLC. System shows whether it runs.'
  return (
    <div class="panel">
      <Section title="Verdict" span={5}>
        <Loaded seen={seen} none={none}>
          {(facts) => <VerdictNow environment={facts} />}
        </Loaded>
      </Section>
      <Section title="By hand" span={7}>
        <Operations />
      </Section>
      <Section title="Weather and site">
        <Loaded seen={seen} none={none}>
          {({ quantities }) => <Quantities quantities={quantities} />}
        </Loaded>
      </Section>
      <Section title="Against the limits">
        <Charts />
      </Section>
      <Section title="What the data suffer from">
        <Loaded seen={seen} none={none}>
          {({ flags }) =>
            flags.length === 0 ? (
              <Empty>Nothing: every sensor of the newest poll said what it should.</Empty>
            ) : (
              <ul class="reasons">
                {flags.map(({ code, device, value, detail }) => (
                  <li key={`${code} ${device} ${value}`}>
                    <code>{code}</code>
                    <span>
                      {device}
                      {value ? `/${value}` : ''}: {detail}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
    </div>
  )
}
