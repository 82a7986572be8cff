import { useSignal } from '@preact/signals'
import type { Receipt } from '../../../answers.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { useSite } from '../../data/site.ts'
import { Field } from '../../ui/field.tsx'
import { Order } from '../../ui/order.tsx'
import { emptyForm, type FormText, requestOf } from './form-text.ts'
import { showRequest } from './show.ts'
import { VisibilityCurve } from './visibility-curve.tsx'

const submit = async (form: FormText, draft: boolean) => {
  const answer = await tell<Receipt>(`/api/requests${draft ? '?draft=true' : ''}`, requestOf(form))
  refreshFor(['requests', 'sequences'])
  if (answer.ok) showRequest(answer.data.id)
  return answer
}

/** One target, one filter: what most people ask for. More than that is written as JSON or XML. */
export const RequestForm = () => {
  const form = useSignal<FormText>(emptyForm)
  const { data: site } = useSite()
  const { value } = form
  const set = (name: keyof FormText) => (text: string) => {
    form.value = { ...form.value, [name]: text }
  }
  const detectors = site?.instrument.detectors ?? []
  const filters = detectors.find(({ detector }) => detector === value.detector)?.filters ?? []
  const field = (name: keyof FormText, label: string, hint = '') => (
    <Field label={label} value={value[name]} hint={hint} onText={set(name)} />
  )
  return (
    <div class="form-and-curve">
      <form onSubmit={(event) => event.preventDefault()}>
        <div class="fields">
          {field('name', 'Name', 'Crab pulsar')}
          {field('programme', 'Programme', 'demo')}
          {field('ra', 'Right ascension', '05:34:31.9 or 83.633')}
          {field('dec', 'Declination', '+22:00:52 or 22.014')}
          <Field
            label="Detector"
            value={value.detector}
            onText={set('detector')}
            options={detectors.map(({ detector }) => detector)}
          />
          <Field label="Filter" value={value.filter} onText={set('filter')} options={filters} />
          {field('exposureS', 'Exposure, s', '60')}
          {field('images', 'Images', '10')}
          {field('minAltitudeDeg', 'Lowest altitude, °', '30')}
          {field('maxAirmass', 'Highest airmass', 'any')}
          {field('minMoonSeparationDeg', 'From the Moon, °', '30')}
          {field('priority', 'Priority, 1 to 100', '50')}
          {field('notAfter', 'Not after, UTC', '2026-11-22T02:00:00Z')}
        </div>
        <div class="orders">
          <Order
            right="request"
            label="Submit"
            what="submit requests"
            does={() => submit(form.value, false)}
            says={({ id }) => `${id} is submitted`}
          />
          <Order
            right="request"
            label="Keep as a draft"
            what=""
            quiet
            does={() => submit(form.value, true)}
            says={({ id }) => `${id} is kept`}
          />
        </div>
      </form>
      <VisibilityCurve form={value} />
    </div>
  )
}
