import type { DeviceName } from './events.ts'

/** What a process manager wants of a device: a conversation, begun under a name of the asker's own. */
export type AskDevice = {
  readonly type: 'AskDevice'
  readonly device: DeviceName
  readonly conversationId: string
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** A drill: a device that is real refuses it. */
  readonly isDrill?: true
}
