import type { AlertStory } from '../../../answers.ts'
import { refreshFor, useAnswer } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { decText, raText } from '../../ui/numbers.ts'
import { Order } from '../../ui/order.tsx'
import { Empty, Fact, Loaded } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'
import { latencyOf } from '../../ui/times.ts'
import { latencySteps } from './words.ts'

const Latencies = ({ latencyMs, over }: Pick<AlertStory, 'latencyMs'> & { over: boolean }) => (
  <ol class="latencies" aria-label="How long each step took, from the first notice on">
    {latencySteps.map(({ name, says }) => {
      const ms = latencyMs[name]
      return (
        <li key={name} class={ms === null ? 'not-taken' : ''}>
          <span class="label">{says}</span>
          <strong>{ms === null ? (over ? 'not taken' : 'not yet') : latencyOf(ms)}</strong>
        </li>
      )
    })}
  </ol>
)

const Steps = ({ steps }: Pick<AlertStory, 'steps'>) =>
  steps.length === 0 ? (
    <Empty>Nothing happened about it yet.</Empty>
  ) : (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ event_id, at, type, summary }) => (
          <tr key={event_id}>
            <td>
              <Instant at={at} seconds site={false} />
            </td>
            <td>
              {summary}{' '}
              <Link to="/journal" query={{ event: event_id }}>
                {type}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )

const cancel = async (trigger: string) => {
  const answer = await tell<{ cancelled: boolean }>(`/api/alerts/${encodeURIComponent(trigger)}/cancel`, {
    why: 'cancelled on the page',
  })
  refreshFor(['alerts'])
  return answer
}

const listed = (given: unknown): string => (Array.isArray(given) ? given.join(', ') : '')

/** One alert: how fast it was acted on, what was decided and why, what came of it. */
export const Story = ({ trigger }: { trigger: string }) => {
  const seen = useAnswer<AlertStory>(`/api/alerts/${encodeURIComponent(trigger)}`, [
    'alerts',
    'observations',
    'schedule',
  ])
  return (
    <Loaded seen={seen} none={`No alert is called ${trigger}.`}>
      {({ alert, latencyMs, steps, observations, notices }) => (
        <>
          <p class="lead">{alert.trigger}</p>
          <Latencies
            latencyMs={latencyMs}
            over={alert.cancelled || alert.state === 'retracted' || alert.outcome === 'ignore'}
          />
          <dl class="facts">
            <Fact name="Decided">
              {alert.outcome ? <State tone={toneOf(alert.outcome)}>{alert.outcome}</State> : 'not yet'}
              {alert.reason ? `: ${alert.reason}` : ''}
              {alert.strategy ? ` (${alert.strategy}, version ${alert.strategy_version})` : ''}
            </Fact>
            <Fact name="Where">
              {alert.ra_deg === null || alert.dec_deg === null
                ? 'no place yet'
                : `${raText(alert.ra_deg)}, ${decText(alert.dec_deg)}${alert.error_deg === null ? '' : `, within ${(alert.error_deg * 60).toFixed(1)}′`}`}
            </Fact>
            <Fact name="Happened">
              {alert.event_at ? <Instant at={alert.event_at} seconds /> : 'not said'}
            </Fact>
            <Fact name="From">
              {alert.mission}
              {alert.instrument ? `, ${alert.instrument}` : ''}: {notices.length} notices
            </Fact>
            {listed(alert.test_signs) ? <Fact name="A test">{listed(alert.test_signs)}</Fact> : null}
            {alert.request_id ? (
              <Fact name="Request">
                <Link to="/requests" query={{ id: alert.request_id }} class="id">
                  {alert.request_id}
                </Link>
                , {alert.request_state}
              </Fact>
            ) : null}
            {observations.map((one) => (
              <Fact key={`${one.sequence_id}/${one.attempt}`} name="Observed">
                <State tone={toneOf(one.state)}>{one.state}</State>, attempt {one.attempt},{' '}
                {one.images_taken ?? 0} of {one.images_expected ?? 0} images
                {one.started_at ? (
                  <>
                    , from <Instant at={one.started_at} seconds site={false} />
                  </>
                ) : null}
              </Fact>
            ))}
          </dl>
          <Steps steps={steps} />
          {alert.cancelled || alert.state === 'retracted' ? null : (
            <div class="orders">
              <Order
                right="operate"
                label="Cancel the alert"
                what="cancel alerts"
                sure="its observation ends"
                does={() => cancel(trigger)}
                says={({ cancelled }) => (cancelled ? 'cancelled' : 'it was cancelled already')}
              />
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}
