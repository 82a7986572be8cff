import type { Schedule } from '../../../answers.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { Ago, Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { countOf, fixed } from '../../ui/numbers.ts'
import { Order } from '../../ui/order.tsx'
import { Fact } from '../../ui/section.tsx'
import { becauseOf, methodWords } from './words.ts'

/** How close a plan is to the best there could be. */
const worthOf = ({ objective, bound }: Schedule): string =>
  bound <= 0
    ? 'nothing to plan'
    : `${fixed((100 * objective) / bound, 1)} % of the best that any plan could reach`

const planAnew = async () => {
  const answer = await tell<{ id: string }>('/api/schedule', { why: 'asked for on the page' })
  refreshFor(['schedule'])
  return answer
}

export const InForce = ({ schedule, isOld }: { schedule: Schedule; isOld: boolean }) => (
  <>
    <p class="lead">
      {countOf(schedule.placed, 'observation')} placed, {schedule.unplaced} left out
    </p>
    <dl class="facts">
      <Fact name="Night">
        {schedule.night}, version {schedule.version}
        {isOld ? (
          <>
            , an older one;{' '}
            <Link to="/schedule" query={{ night: schedule.night }}>
              see the newest
            </Link>
          </>
        ) : null}
      </Fact>
      <Fact name="Made">
        <Instant at={schedule.publishedAt} seconds /> <Ago at={schedule.publishedAt} />{' '}
        <Link to="/journal" query={{ event: schedule.eventId }}>
          Why?
        </Link>
      </Fact>
      <Fact name="Because">
        {becauseOf(schedule.causes)}; {methodWords[schedule.method]}
      </Fact>
      <Fact name="Worth">{worthOf(schedule)}</Fact>
      {schedule.closures.map(({ from, until, why }) => (
        <Fact key={from} name="Closed">
          <Instant at={from} site={false} /> to <Instant at={until} site={false} />: {why}
        </Fact>
      ))}
    </dl>
    <div class="orders">
      <Order
        right="operate"
        label="Plan anew"
        what="ask for another plan"
        does={planAnew}
        says={() => 'asked; the plan follows'}
      />
    </div>
  </>
)
