import { useSignal } from '@preact/signals'
import { serverNow } from '../../clock.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { may } from '../../data/session.ts'
import { useSite } from '../../data/site.ts'
import { addressOf, go, moment } from '../../route.ts'
import { Field } from '../../ui/field.tsx'
import { Order } from '../../ui/order.tsx'
import { siderealDeg } from '../sky/coordinates.ts'

type Made = { readonly trigger: string }

/** An alert where the telescope can see it now, that goes the way of a real one and that real devices refuse. */
export const FakeAlert = () => {
  const { data: site } = useSite()
  const ra = useSignal('')
  const dec = useSignal('')
  const mayMake = may('operate') && moment.value === null
  const overhead = () => {
    if (!site) return
    // East of the meridian, so that it can be seen for a few hours.
    ra.value = ((siderealDeg(serverNow.value, site.longitudeDeg) + 20) % 360).toFixed(2)
    dec.value = Math.max(-80, Math.min(80, site.latitudeDeg)).toFixed(2)
  }
  const make = async () => {
    const answer = await tell<Made>('/api/alerts/fake', {
      raDeg: Number(ra.value),
      decDeg: Number(dec.value),
    })
    refreshFor(['alerts'])
    if (answer.ok) go(addressOf('/alerts', { id: answer.data.trigger }))
    return answer
  }
  return (
    <>
      <p class="empty">
        It goes the way of a real one, marked as simulated, and only simulated devices act on it.
      </p>
      {mayMake ? (
        <div class="fields">
          <Field
            label="Right ascension, °"
            value={ra.value}
            hint="110.0"
            onText={(text) => {
              ra.value = text
            }}
          />
          <Field
            label="Declination, °"
            value={dec.value}
            hint="30.0"
            onText={(text) => {
              dec.value = text
            }}
          />
        </div>
      ) : null}
      <div class="orders">
        {mayMake ? (
          <button type="button" onClick={overhead}>
            High up now
          </button>
        ) : null}
        <Order
          right="operate"
          label="Send the alert"
          what="make fake alerts"
          does={make}
          says={({ trigger }) => trigger}
        />
      </div>
    </>
  )
}
