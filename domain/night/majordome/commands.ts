import type { DeviceName } from '#domain/devices/events.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { CourseCommand } from '../course-commands.ts'
import type { Heard, MajordomeState } from './state.ts'

/** A conversation with a device, to be begun. */
export type AskDevice = {
  readonly type: 'AskDevice'
  readonly device: DeviceName
  readonly conversationId: string
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly timeoutS: number
  /** Sent again after a crash, rather than failed. */
  readonly idempotent: boolean
}

export type MajordomeCommand = CourseCommand | AskDevice

/** Longer than the slowest healthy motion: a shutter takes half a minute, the telescope half of that. */
const timeoutS = 120

const ask =
  (device: 'dome' | 'telescope', name: string) =>
  (state: MajordomeState, { metadata: { site } }: Heard): { kind: 'dispatch'; command: AskDevice } => ({
    kind: 'dispatch',
    command: {
      type: 'AskDevice',
      device,
      // By count: asked twice on the same knowledge it is the same conversation.
      conversationId: uuidFrom(`majordome/${site}/${device}/${name}/${state.asked}`, noctuaryNamespace),
      name,
      parameters: {},
      timeoutS,
      idempotent: true,
    },
  })

export const openRoof = ask('dome', 'open')
export const closeRoof = ask('dome', 'close')
export const park = ask('telescope', 'park')
export const unpark = ask('telescope', 'unpark')
