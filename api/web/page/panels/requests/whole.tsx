import type { Sequence, WholeRequest } from '../../../answers.ts'
import { refreshFor, useAnswer } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { decText, raText } from '../../ui/numbers.ts'
import { Order } from '../../ui/order.tsx'
import { Fact, Loaded } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'
import { spanOf } from '../../ui/times.ts'
import { Revise } from './revise.tsx'

const Standing = ({ sequence: { status, reason, planned, observed } }: { sequence: Sequence }) => (
  <>
    <State tone={toneOf(status)}>{status.toLowerCase()}</State>{' '}
    {planned && status === 'PLANNED' ? (
      <>
        at <Instant at={planned.starts_at} />
      </>
    ) : null}
    {observed
      ? ` ${observed.images_taken} of ${observed.images_expected} images, attempt ${observed.attempt}`
      : ''}
    {reason ? (
      <p class="reason">
        {reason.text ?? reason.code} <code class="dim">{reason.code}</code>
      </p>
    ) : null}
  </>
)

const Sequences = ({ id }: { id: string }) => {
  const seen = useAnswer<{ items: Sequence[] }>(
    `/api/sequences?request=${encodeURIComponent(id)}&limit=100`,
    ['sequences'],
  )
  return (
    <Loaded seen={seen}>
      {({ items }) => (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Sequence</th>
              <th scope="col" class="wide">
                Target
              </th>
              <th scope="col">How it stands</th>
            </tr>
          </thead>
          <tbody>
            {items.map((sequence) => (
              <tr key={sequence.id}>
                <td>
                  {sequence.name}
                  <br />
                  <span class="id dim">{sequence.id}</span>, {spanOf(sequence.duration_s)}
                </td>
                <td class="wide nowrap">
                  {sequence.target ? (
                    <>
                      {raText(sequence.target.raDeg)}
                      <br />
                      {decText(sequence.target.decDeg)}
                    </>
                  ) : (
                    'none'
                  )}
                </td>
                <td>
                  <Standing sequence={sequence} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Loaded>
  )
}

const Faults = ({ name, faults }: { name: string; faults: WholeRequest['faults'] }) =>
  faults.length === 0 ? null : (
    <Fact name={name}>
      <ul>
        {faults.map(({ code, path, message }) => (
          <li key={`${code}${path}`}>
            {message} <code class="dim">{path}</code>
          </li>
        ))}
      </ul>
    </Fact>
  )

const url = (id: string, verb: string) => `/api/requests/${encodeURIComponent(id)}/${verb}`

const act = async (id: string, verb: string) => {
  const answer = await tell<{ status: string }>(url(id, verb))
  refreshFor(['requests', 'sequences'])
  return answer
}

/** A request with all that became of it. */
export const WholeRequestShown = ({ id }: { id: string }) => {
  const seen = useAnswer<WholeRequest>(`/api/requests/${encodeURIComponent(id)}`, ['requests'])
  return (
    <Loaded seen={seen} none={`No request is called ${id}.`}>
      {(request) => (
        <>
          <p class="lead">{request.name}</p>
          <dl class="facts">
            <Fact name="Status">
              <State tone={toneOf(request.status)}>{request.status.toLowerCase()}</State>, revision{' '}
              {request.revision}
            </Fact>
            <Fact name="Asked by">
              {request.user_id} for {request.programme_id}
              {request.submitted_at ? (
                <>
                  , <Instant at={request.submitted_at} />
                </>
              ) : null}
            </Fact>
            {request.trigger_id ? (
              <Fact name="Alert">
                <Link to="/alerts" query={{ id: request.trigger_id }}>
                  {request.trigger_id}
                </Link>
              </Fact>
            ) : null}
            {request.withdrawn_why ? <Fact name="Withdrawn">{request.withdrawn_why}</Fact> : null}
            <Faults name="Refused" faults={request.faults} />
            <Faults name="Odd" faults={request.warnings} />
            <Fact name="Record">
              <Link to="/journal" query={{ stream: `request-${request.id}` }}>
                what became of it, event by event
              </Link>
            </Fact>
          </dl>
          <Sequences id={id} />
          <div class="orders">
            {request.status === 'DRAFT' || request.status === 'INVALID' ? (
              <Order
                right="request"
                label="Submit"
                what="submit requests"
                does={() => act(id, 'submit')}
                says={({ status }) => status.toLowerCase()}
              />
            ) : null}
            {request.status === 'WITHDRAWN' ? null : (
              <Order
                right="request"
                label="Withdraw"
                what="withdraw requests"
                sure="for good"
                quiet
                does={() => act(id, 'withdraw')}
                says={() => 'withdrawn'}
              />
            )}
          </div>
          {request.status === 'WITHDRAWN' || request.raw === null ? null : (
            <Revise key={request.revision} request={request} raw={request.raw} />
          )}
        </>
      )}
    </Loaded>
  )
}
