import type { Environment } from '../../../answers.ts'
import { shownNow } from '../../clock.ts'
import { Ago, Instant, Until } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Fact } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { spanOf } from '../../ui/times.ts'
import { quantityWords } from './words.ts'

const oldAfterS = 15

/** A reading that is no longer fresh is said to be old, before the server's own judgement says unknown. */
const Freshness = ({ updated }: { updated: string | null }) => {
  if (updated === null) return <>the PLC has not answered yet</>
  const s = (shownNow.value - Date.parse(updated)) / 1000
  return s > oldAfterS ? <State tone="warn">old: {spanOf(s)}</State> : <Ago at={updated} />
}

export const VerdictNow = ({ environment: { verdict, updated, plcLink } }: { environment: Environment }) => (
  <>
    <p class="headline">
      <State tone={verdict.state} big>
        {verdict.state}
      </State>
    </p>
    <p class="lead">
      {verdict.mayOpen ? 'The roof may be open' : 'The roof must be closed'}
      {verdict.mayOpen && verdict.state === 'warn' ? '; nothing long is begun' : ''}
    </p>
    {verdict.reasons.length > 0 ? (
      <ul class="reasons">
        {verdict.reasons.map(({ quantity, state, text }) => (
          <li key={quantity}>
            <State tone={state}>{quantityWords[quantity] ?? quantity}</State>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    ) : null}
    <dl class="facts">
      {verdict.mayOpen ? null : (
        <Fact name="May open">
          {verdict.reopenExpectedAt ? (
            <>
              <strong>
                <Instant at={verdict.reopenExpectedAt} seconds />
              </strong>{' '}
              <Until at={verdict.reopenExpectedAt} />, if nothing gets worse
            </>
          ) : (
            'nobody can tell yet: something is unsafe or unknown right now'
          )}
        </Fact>
      )}
      <Fact name="Since">
        <Instant at={verdict.since} seconds />{' '}
        <Link to="/journal" query={{ event: verdict.eventId }}>
          Why?
        </Link>
      </Fact>
      <Fact name="Reading">
        <Freshness updated={updated} />
        {plcLink && plcLink.state !== 'up' ? <span>; the line to the PLC is {plcLink.state}</span> : null}
      </Fact>
    </dl>
  </>
)
