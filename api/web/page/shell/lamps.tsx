import type { Environment, NightNow } from '../../answers.ts'
import { useAnswer } from '../data/answer.ts'
import { connection } from '../data/connection.ts'
import { phaseWords } from '../panels/night/words.ts'
import { State, type Tone } from '../ui/state.tsx'

const roofTone = (shutter: string): Tone => {
  if (shutter === 'closed') return 'idle'
  if (shutter === 'open') return 'safe'
  return shutter === 'opening' || shutter === 'closing' ? 'busy' : 'unknown'
}

const connectionTones = { connecting: 'busy', connected: 'safe', lost: 'unsafe' } as const

const Lamp = ({ name, tone, children }: { name: string; tone: Tone; children: string }) => (
  <div class="lamp">
    <span class="label">{name}</span>
    <State tone={tone}>{children}</State>
  </div>
)

/** What everybody must see at any time, on every panel. */
export const Lamps = () => {
  const { data: environment } = useAnswer<Environment>('/api/environment', ['environment'])
  const { data: now } = useAnswer<NightNow>('/api/night', ['nights', 'observations', 'schedule'])
  const verdict = environment?.verdict.state ?? 'unknown'
  const shutter = now?.roof?.shutter ?? 'not seen'
  const { state } = connection.value
  return (
    <div class="lamps">
      <Lamp name="Verdict" tone={verdict}>
        {verdict}
      </Lamp>
      <Lamp name="Roof" tone={roofTone(shutter)}>
        {shutter}
      </Lamp>
      <Lamp name="Night" tone={now?.night ? (now.night.suspended_why ? 'warn' : 'idle') : 'unknown'}>
        {now?.night?.suspended_why ? 'suspended' : phaseWords(now?.night ?? null)}
      </Lamp>
      <Lamp name="Mode" tone={now?.night?.mode === 'automatic' ? 'idle' : now?.night ? 'warn' : 'unknown'}>
        {now?.night?.mode ?? 'unknown'}
      </Lamp>
      <Lamp name="Connection" tone={connectionTones[state]}>
        {state}
      </Lamp>
    </div>
  )
}
