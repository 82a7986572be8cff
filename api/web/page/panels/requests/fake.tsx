import type { Receipt } from '../../../answers.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { Order } from '../../ui/order.tsx'
import { showRequest } from './show.ts'

const makeUp = async () => {
  const answer = await tell<Receipt>('/api/requests/fake')
  if (answer.ok) {
    refreshFor(['requests'])
    showRequest(answer.data.id)
  }
  return answer
}

/** A request for whatever can be seen now, to try the whole way from asking to images. */
export const Fake = () => (
  <>
    <p class="empty">Two minutes on a bright target that can be seen now, marked as simulated.</p>
    <div class="orders">
      <Order
        right="request"
        label="Make up a request"
        what="make up requests"
        does={makeUp}
        says={({ id }) => `${id} is submitted`}
      />
    </div>
  </>
)
