import type { Quantity, SiteAnswer } from '../../../answers.ts'
import { useSite } from '../../data/site.ts'
import { For, Until } from '../../ui/instant.tsx'
import { measured } from '../../ui/numbers.ts'
import { State } from '../../ui/state.tsx'
import { quantityWords } from '../night/words.ts'
import { Gauge } from './gauge.tsx'

const outside = [
  'rain',
  'wind',
  'gust',
  'humidity',
  'dewPointDepression',
  'temperature',
  'skyTemperature',
  'ice',
] as const
const inside = [
  'insideHumidity',
  'insideTemperature',
  'dome',
  'doors',
  'lights',
  'ups',
  'link',
  'disk',
] as const

type Limits = SiteAnswer['limits'][number]

const limitText = ({ high, low, unit }: Limits): string =>
  [low ? `≥ ${measured(low.unsafe, unit)}` : null, high ? `≤ ${measured(high.unsafe, unit)}` : null]
    .filter(Boolean)
    .join(', ') || '–'

const Row = ({ quantity, limits }: { quantity: Quantity; limits: Limits | undefined }) => (
  <tr class={quantity.state === 'safe' ? '' : 'off-nominal'}>
    <th scope="row">{quantityWords[quantity.quantity] ?? quantity.quantity}</th>
    <td>
      <State tone={quantity.state}>{quantity.state}</State>
    </td>
    <td class="figure">{measured(quantity.value, quantity.unit)}</td>
    <td class="gauge-cell wide">
      {limits && typeof quantity.value === 'number' ? <Gauge value={quantity.value} limits={limits} /> : null}
    </td>
    <td class="figure wide dim">{limits ? limitText(limits) : '–'}</td>
    <td>{quantity.interpretation}</td>
    <td class="dim wide">
      {quantity.safeExpectedAt ? (
        <>
          safe <Until at={quantity.safeExpectedAt} />
        </>
      ) : (
        <>
          for <For since={quantity.since} />
        </>
      )}
    </td>
  </tr>
)

const groups = [
  { name: 'Outside', names: outside },
  { name: 'Inside and machinery', names: inside },
] as const

const Head = () => (
  <thead>
    <tr>
      <th scope="col">Quantity</th>
      <th scope="col">State</th>
      <th scope="col" class="figure">
        Value
      </th>
      <th scope="col" class="wide">
        Way to the limit
      </th>
      <th scope="col" class="figure wide">
        Allowed
      </th>
      <th scope="col">Means</th>
      <th scope="col" class="wide">
        How long
      </th>
    </tr>
  </thead>
)

/** Weather and inside as one table: how each quantity is, how far from its limit, and for how long. */
export const Quantities = ({ quantities }: { quantities: readonly Quantity[] }) => {
  const { data: site } = useSite()
  return (
    <table class="rows quantities">
      <Head />
      {groups.map(({ name, names }) => (
        <tbody key={name}>
          <tr class="group">
            <th scope="rowgroup" colSpan={7}>
              {name}
            </th>
          </tr>
          {names
            .flatMap((wanted) => quantities.filter(({ quantity }) => quantity === wanted))
            .map((quantity) => (
              <Row
                key={quantity.quantity}
                quantity={quantity}
                limits={site?.limits.find((limits) => limits.quantity === quantity.quantity)}
              />
            ))}
        </tbody>
      ))}
    </table>
  )
}
