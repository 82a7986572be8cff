import type { Device } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { Ago } from '../../ui/instant.tsx'
import { fixed } from '../../ui/numbers.ts'
import { Loaded } from '../../ui/section.tsx'
import { State, type Tone } from '../../ui/state.tsx'

type Status = NonNullable<Device['status']>

const text = (status: Status, name: string): string | null => {
  const value = status[name]
  return typeof value === 'string' ? value : null
}

const degrees = (status: Status, name: string): string | null => {
  const value = status[name]
  return typeof value === 'number' ? `${fixed(value, 1)}°` : null
}

const joined = (parts: readonly (string | null | false)[]): string => parts.filter(Boolean).join(', ')

/** What a device does, in a few words. */
const doing = ({ device, status }: Device): string => {
  if (!status) return 'has not said anything yet'
  switch (device) {
    case 'telescope':
      return joined([
        text(status, 'state'),
        degrees(status, 'altitudeDeg') && `altitude ${degrees(status, 'altitudeDeg')}`,
        degrees(status, 'azimuthDeg') && `azimuth ${degrees(status, 'azimuthDeg')}`,
      ])
    case 'dome':
      return joined([
        text(status, 'shutter'),
        degrees(status, 'azimuthDeg') && `azimuth ${degrees(status, 'azimuthDeg')}`,
        status['rotating'] === true && 'turning',
        status['emergencyButton'] === true && 'EMERGENCY BUTTON PRESSED',
      ])
    case 'visible-camera':
    case 'infrared-camera':
      return joined([
        text(status, 'state'),
        text(status, 'filter') && `filter ${text(status, 'filter')}`,
        typeof status['temperatureC'] === 'number' && `detector ${fixed(status['temperatureC'], 1)} °C`,
      ])
    case 'plc':
      return status['lampOn'] === true ? 'flat lamp on' : 'flat lamp off'
  }
}

const toneOf = ({ link, faults }: Device): Tone => {
  if (link.state === 'lost') return 'unsafe'
  if (faults.length > 0) return 'warn'
  return link.state === 'up' ? 'safe' : 'unknown'
}

const wordOf = ({ link, faults }: Device): string => {
  if (link.state !== 'up') return link.state
  return faults.length > 0 ? 'fault' : 'well'
}

/** Roof, telescope, cameras: how each is and what it does. */
export const Instruments = () => {
  const seen = useAnswer<{ items: Device[] }>('/api/devices', ['devices'])
  return (
    <Loaded seen={seen}>
      {({ items }) => (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col">State</th>
              <th scope="col">Does</th>
              <th scope="col" class="wide">
                Changed
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((device) => (
              <tr key={device.device}>
                <th scope="row">{device.device.replace('-', ' ')}</th>
                <td>
                  <State tone={toneOf(device)}>{wordOf(device)}</State>
                </td>
                <td>
                  {doing(device)}
                  {device.faults.map(({ code, text: says }) => (
                    <span key={code} class="trouble">
                      {' '}
                      {says}
                    </span>
                  ))}
                </td>
                <td class="wide dim">{device.updated ? <Ago at={device.updated} /> : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Loaded>
  )
}
