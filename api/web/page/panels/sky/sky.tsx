import type { Alert, Device, NightNow, Schedule } from '../../../answers.ts'
import { shownNow } from '../../clock.ts'
import { useAnswer } from '../../data/answer.ts'
import { useSite } from '../../data/site.ts'
import { fixed } from '../../ui/numbers.ts'
import { Empty, Fact, Section } from '../../ui/section.tsx'
import { horizontalOf, moonLit, moonOf, sunOf } from './coordinates.ts'
import { SkyDisc } from './disc.tsx'
import { marksOf } from './marks.ts'
import { pointingOf } from './pointing.ts'
import { Targets } from './targets.tsx'

/** Where the telescope points, and what stands where. */
export const SkyPanel = () => {
  const { data: site } = useSite()
  const { data: now } = useAnswer<NightNow>('/api/night', ['nights', 'observations', 'schedule'])
  const { data: devices } = useAnswer<{ items: Device[] }>('/api/devices', ['devices'])
  const { data: schedule } = useAnswer<Schedule>('/api/schedule', ['schedule'])
  const { data: alerts } = useAnswer<{ items: Alert[] }>('/api/alerts?limit=20', ['alerts'])
  if (!site) return <Empty>Asking the observatory…</Empty>
  // A drawing of the sky moves by a degree in four minutes: each half minute is enough.
  const ms = Math.floor(shownNow.value / 30_000) * 30_000
  const pointing = pointingOf(devices?.items ?? [])
  const moon = horizontalOf(moonOf(ms), site, ms)
  const sun = horizontalOf(sunOf(ms), site, ms)
  const marks = marksOf({
    schedule,
    alerts: alerts?.items ?? [],
    observing: now?.observing?.sequence_id ?? null,
    site,
    ms,
  })
  return (
    <div class="panel">
      <Section title="The sky, north up and east left" span={7}>
        <SkyDisc pointing={pointing} moon={moon} marks={marks} />
      </Section>
      <Section title="What stands where" span={5}>
        <dl class="facts">
          <Fact name="Telescope">
            {pointing
              ? `${pointing.state}, altitude ${fixed(pointing.altitudeDeg, 1)}°, azimuth ${fixed(pointing.azimuthDeg, 1)}°`
              : 'has not said where it points'}
          </Fact>
          <Fact name="Moon">
            {moon.altitudeDeg > 0
              ? `altitude ${fixed(moon.altitudeDeg, 0)}°, azimuth ${fixed(moon.azimuthDeg, 0)}°`
              : `below the horizon by ${fixed(-moon.altitudeDeg, 0)}°`}
            , {Math.round(moonLit(ms) * 100)} % lit
          </Fact>
          <Fact name="Sun">
            {sun.altitudeDeg > 0
              ? `up, ${fixed(sun.altitudeDeg, 0)}°`
              : `${fixed(-sun.altitudeDeg, 0)}° below the horizon`}
          </Fact>
        </dl>
        <h3>Targets of the plan, and alerts</h3>
        <Targets marks={marks} />
      </Section>
    </div>
  )
}
