import type { AskDevice } from '#domain/devices/ask.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { CourseCommand } from '../course-commands.ts'
import type { Heard, MajordomeState } from './state.ts'

export type MajordomeCommand = CourseCommand | AskDevice

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
    },
  })

export const openRoof = ask('dome', 'open')
export const closeRoof = ask('dome', 'close')
export const unpark = ask('telescope', 'unpark')
export const park = ask('telescope', 'park')
