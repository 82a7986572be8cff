import type { Alert } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { queryOf } from '../../route.ts'
import { Empty, Loaded, Section } from '../../ui/section.tsx'
import { FakeAlert } from './fake-alert.tsx'
import { AlertList } from './list.tsx'
import { Story } from './story.tsx'

/** Notices from the sky and what is done about them. */
export const Alerts = () => {
  const seen = useAnswer<{ items: Alert[] }>('/api/alerts?limit=60', ['alerts', 'observations'])
  const chosen = queryOf('id')
  return (
    <div class="panel">
      <Section title="Alerts" span={6}>
        <Loaded seen={seen}>{({ items }) => <AlertList items={items} chosen={chosen} />}</Loaded>
      </Section>
      <Section title="One alert" span={6}>
        {chosen ? (
          <Story key={chosen} trigger={chosen} />
        ) : (
          <Empty>Choose one in the list to see what became of it, step by step.</Empty>
        )}
      </Section>
      <Section title="A fake alert">
        <FakeAlert />
      </Section>
    </div>
  )
}
