import type { Projection } from '../../../answers.ts'
import { refreshFor, useNow } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { may } from '../../data/session.ts'
import { moment } from '../../route.ts'
import { fixed } from '../../ui/numbers.ts'
import { Order, WhoMay } from '../../ui/order.tsx'
import { Loaded } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'
import { spanOf } from '../../ui/times.ts'

type Generation = NonNullable<Projection['live']>

const lagOf = ({ lagEvents, lagSeconds }: Generation): string => {
  if (lagEvents === 0) return 'none'
  if (lagEvents === null && lagSeconds === null) return 'not known'
  return `${lagEvents === null ? '?' : lagEvents} events${lagSeconds === null ? '' : `, ${spanOf(lagSeconds)}`}`
}

const verbs = {
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  rollback: 'Roll back',
  'drop-old': 'Drop the old one',
  retry: 'Try again',
  rebuild: 'Rebuild',
} as const
type Verb = keyof typeof verbs

/** What makes sense of a read model as it is. */
const sensible = ({ live, rebuild, old }: Projection): Verb[] => {
  if (rebuild)
    return [rebuild.state === 'paused' || rebuild.state === 'holding' ? 'resume' : 'pause', 'cancel']
  return [
    'rebuild',
    ...(live?.error ? (['retry'] as const) : []),
    ...(old ? (['rollback', 'drop-old'] as const) : []),
  ]
}

const act = async (name: string, verb: Verb) => {
  const answer = await tell<Projection>(`/api/projections/${name}/${verb}`)
  refreshFor(['projections'])
  return answer
}

const Rebuild = ({ rebuild }: { rebuild: Generation }) => (
  <div class="progress">
    <progress max={1} value={rebuild.share} aria-label="share of the log that is done" />
    <span>
      {rebuild.state}, {fixed(rebuild.share * 100, 0)} %, {rebuild.events} events,{' '}
      {fixed(rebuild.eventsPerSecond, 0)}/s
      {rebuild.secondsLeft === null ? '' : `, ${spanOf(rebuild.secondsLeft)} left`}
    </span>
    {rebuild.error ? <span class="trouble">{rebuild.error}</span> : null}
  </div>
)

const Row = ({ model }: { model: Projection }) => {
  const { name, version, live, rebuild } = model
  return (
    <tr>
      <th scope="row">
        {name} <span class="dim">v{version}</span>
      </th>
      <td>
        <State tone={toneOf(live?.state ?? 'unknown')}>{live?.state ?? 'not there yet'}</State>
        {live?.standingSince ? <State tone="unsafe">stands still</State> : null}
      </td>
      <td>{live ? lagOf(live) : '–'}</td>
      <td class="figure wide">{live?.events ?? '–'}</td>
      <td class="figure wide dim">{live?.position ?? '–'}</td>
      <td>
        {rebuild ? <Rebuild rebuild={rebuild} /> : null}
        {live?.error ? <p class="trouble">{live.error}</p> : null}
        {may('admin') && moment.value === null ? (
          <div class="orders tight">
            {sensible(model).map((verb) => (
              <Order
                key={verb}
                right="admin"
                label={verbs[verb]}
                what=""
                quiet
                does={() => act(name, verb)}
                says={() => 'asked'}
                {...(verb === 'drop-old' || verb === 'cancel' ? { sure: 'for good' } : {})}
              />
            ))}
          </div>
        ) : null}
      </td>
    </tr>
  )
}

/** Read models: how far each is behind the log, and their rebuilds. */
export const Projections = () => {
  const seen = useNow<{ items: Projection[] }>('/api/projections', ['projections'])
  return (
    <Loaded seen={seen} none="Read models are looked after elsewhere.">
      {({ items }) => (
        <>
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Read model</th>
                <th scope="col">State</th>
                <th scope="col">Behind</th>
                <th scope="col" class="figure wide">
                  Events
                </th>
                <th scope="col" class="figure wide">
                  Position
                </th>
                <th scope="col">Rebuild</th>
              </tr>
            </thead>
            <tbody>
              {items.map((model) => (
                <Row key={model.name} model={model} />
              ))}
            </tbody>
          </table>
          {may('admin') ? null : <WhoMay right="admin">rebuild read models</WhoMay>}
        </>
      )}
    </Loaded>
  )
}
