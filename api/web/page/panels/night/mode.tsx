import { useSignal } from '@preact/signals'
import type { Night } from '../../../answers.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { may } from '../../data/session.ts'
import { moment } from '../../route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Order } from '../../ui/order.tsx'
import { Empty, Fact } from '../../ui/section.tsx'

const others = (mode: string): readonly { mode: string; label: string }[] =>
  [
    { mode: 'manual', label: 'Take over by hand' },
    { mode: 'engineering', label: 'Engineering' },
    { mode: 'automatic', label: 'Hand back to automatic' },
  ].filter((other) => other.mode !== mode)

/** Who is in charge, and how to take over or hand back. */
export const Mode = ({ night }: { night: Night | null }) => {
  const why = useSignal('')
  if (!night) return <Empty>Nobody is in charge before the first night.</Empty>
  const change = async (mode: string) => {
    const answer = await tell<{ mode: string; changed: boolean }>('/api/night/mode', { mode, why: why.value })
    if (answer.ok) {
      why.value = ''
      refreshFor(['nights'])
    }
    return answer
  }
  const mayAct = may('operate') && moment.value === null
  return (
    <>
      <dl class="facts">
        <Fact name="Mode">
          <strong>{night.mode}</strong> since <Instant at={night.mode_since} />
        </Fact>
        {night.mode_why ? <Fact name="Why">{night.mode_why}</Fact> : null}
      </dl>
      {mayAct ? (
        <label class="field">
          <span>Why (it stands in the log)</span>
          <input
            value={why.value}
            maxLength={500}
            onInput={(event) => {
              why.value = event.currentTarget.value
            }}
          />
        </label>
      ) : null}
      <div class="orders">
        {mayAct ? (
          others(night.mode).map(({ mode, label }) => (
            <Order
              key={mode}
              right="operate"
              label={label}
              what="change the mode"
              does={() => change(mode)}
              says={(done) => (done.changed ? `${done.mode} mode` : `it was ${done.mode} already`)}
            />
          ))
        ) : (
          <Order
            right="operate"
            label="Take over"
            what="take the observatory over by hand"
            does={() => change('manual')}
          />
        )}
      </div>
    </>
  )
}
