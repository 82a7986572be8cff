import { useSignal } from '@preact/signals'
import type { Note } from '../../../answers.ts'
import { refreshFor, useNow } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { may } from '../../data/session.ts'
import { moment } from '../../route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Order } from '../../ui/order.tsx'
import { Empty, Loaded } from '../../ui/section.tsx'

const Write = ({ night }: { night: string }) => {
  const text = useSignal('')
  const write = async () => {
    const answer = await tell<{ night: string }>(`/api/nights/${night}/notes`, { text: text.value })
    if (answer.ok) {
      text.value = ''
      refreshFor(['journal'])
    }
    return answer
  }
  return (
    <>
      {may('operate') && moment.value === null ? (
        <label class="field">
          <span>A note (it stands in the log)</span>
          <input
            value={text.value}
            maxLength={2000}
            onInput={(event) => {
              text.value = event.currentTarget.value
            }}
          />
        </label>
      ) : null}
      <div class="orders">
        <Order
          right="operate"
          label="Write it down"
          what="write into the night’s log"
          does={write}
          says={() => 'written'}
        />
      </div>
    </>
  )
}

/** What people wrote into the log of a night, and a line for the next to write. */
export const Notes = ({ night }: { night: string | null }) => {
  const seen = useNow<{ items: Note[] }>(night === null ? null : `/api/nights/${night}/notes?limit=20`, [
    'journal',
  ])
  if (night === null) return <Empty>Notes are written into the log of a night; none has begun.</Empty>
  const until = moment.value
  return (
    <>
      <Loaded seen={seen}>
        {({ items }) => {
          const written = items.filter(({ at }) => until === null || at <= until)
          if (written.length === 0) return <Empty>Nobody has written a note this night.</Empty>
          return (
            <ul class="notes">
              {written.map(({ eventId, at, by, text }) => (
                <li key={eventId}>
                  <Instant at={at} /> <strong>{by.replace(/^user /, '')}</strong> {text}
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
      <Write night={night} />
    </>
  )
}
