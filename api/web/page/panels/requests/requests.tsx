import { useSignal } from '@preact/signals'
import type { RequestSummary } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { may } from '../../data/session.ts'
import { moment, queryOf } from '../../route.ts'
import { WhoMay } from '../../ui/order.tsx'
import { Empty, Loaded, Section } from '../../ui/section.tsx'
import { Fake } from './fake.tsx'
import { RequestForm } from './form.tsx'
import { RequestList } from './list.tsx'
import { WholeRequestShown } from './whole.tsx'
import { XmlUpload } from './xml-upload.tsx'

const statuses = ['', 'SUBMITTED', 'DRAFT', 'INVALID', 'WITHDRAWN'] as const

/** What is asked for, how it stands, and how to ask. */
export const Requests = () => {
  const status = useSignal<(typeof statuses)[number]>('')
  const seen = useAnswer<{ items: RequestSummary[] }>(
    `/api/requests?limit=100${status.value === '' ? '' : `&status=${status.value}`}`,
    ['requests'],
  )
  const chosen = queryOf('id')
  const mayAsk = may('request') && moment.value === null
  return (
    <div class="panel">
      <Section
        title="Requests"
        span={6}
        aside={
          <select
            aria-label="Status"
            value={status.value}
            onChange={(event) => {
              status.value = statuses.find((one) => one === event.currentTarget.value) ?? ''
            }}
          >
            {statuses.map((one) => (
              <option key={one} value={one}>
                {one === '' ? 'all' : one.toLowerCase()}
              </option>
            ))}
          </select>
        }
      >
        <Loaded seen={seen}>{({ items }) => <RequestList items={items} chosen={chosen} />}</Loaded>
      </Section>
      <Section title="One request" span={6}>
        {chosen ? (
          <WholeRequestShown id={chosen} />
        ) : (
          <Empty>Choose one in the list to see its sequences and why they are or are not planned.</Empty>
        )}
      </Section>
      <Section title="Ask for an observation">
        {moment.value !== null ? (
          <Empty>In a replay nothing can be asked for.</Empty>
        ) : mayAsk ? (
          <RequestForm />
        ) : (
          <WhoMay right="request">ask for observations</WhoMay>
        )}
      </Section>
      {mayAsk ? (
        <>
          <Section title="From a file" span={6}>
            <XmlUpload />
          </Section>
          <Section title="Made up" span={6}>
            <Fake />
          </Section>
        </>
      ) : null}
    </div>
  )
}
