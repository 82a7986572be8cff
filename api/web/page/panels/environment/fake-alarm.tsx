import { tell } from '../../data/ask.ts'
import { useSite } from '../../data/site.ts'
import { Order } from '../../ui/order.tsx'

type Alarm = { readonly rainMmH: number; readonly forS: number }

const url = '/api/environment/fake-alarm'

/** Rain on the simulated PLC, to see that everything closes (W3). */
export const FakeAlarm = () => {
  const { data: site } = useSite()
  return (
    <div>
      <h3>Fake alarm</h3>
      {site && !site.simulated ? (
        <p class="empty">The PLC is a real one: no alarm can be made up there.</p>
      ) : (
        <div class="orders">
          <Order
            right="operate"
            label="It rains for a minute"
            what="raise a fake alarm"
            sure="the roof will close"
            does={() => tell<Alarm>(url, { rainMmH: 5, forS: 60, why: 'a fake alarm from the page' })}
            says={({ rainMmH, forS }) =>
              `it says ${rainMmH} mm/h for ${forS} s; all that follows is marked simulated`
            }
          />
          <Order
            right="operate"
            label="End it"
            what="end a fake alarm"
            quiet
            does={() => tell<Alarm>(url, { rainMmH: 0, why: 'the fake alarm is ended from the page' })}
            says={() => 'it is dry again'}
          />
        </div>
      )}
    </div>
  )
}
