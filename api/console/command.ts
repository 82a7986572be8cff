import type { Pool } from 'pg'
import type { Hub } from '#api/live/hub.ts'
import type { SenderRequest } from '#api/live/requests.ts'
import type { Graph } from '#commands/agents/registry.ts'
import type { requestDeviceCommand } from '#commands/devices/request-command.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { nightCourse } from '#commands/night/course.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { Site } from '#domain/shared/site.ts'
import type { EventReader } from '#projections/journal/event-reader.ts'
import type { ReadModels } from '#projections/read-database.ts'
import type { Input } from './input.ts'

/** What a console looks at and works on. */
export type ConsoleParts = {
  readonly store: EventStore
  readonly events: EventReader
  readonly pool: Pool
  readonly db: ReadModels
  readonly hub: Hub
  readonly graph: () => Graph
  readonly clock: Clock
  readonly site: Site
  readonly commandNight: ReturnType<typeof nightCourse>
  readonly orderDevice: ReturnType<typeof requestDeviceCommand>
  readonly ask: (request: SenderRequest, signal: AbortSignal) => Promise<unknown>
}

export type Call = {
  readonly input: Input
  readonly parts: ConsoleParts
  /** Whose name stands in the log for what is changed. */
  readonly actor: Actor
  readonly print: (line: string) => void
  /** Ended by whoever called, or who is no longer there. */
  readonly signal: AbortSignal
}

/** One of the fixed commands: a console evaluates nothing. */
export type ConsoleCommand = {
  readonly usage: string
  readonly about: string
  /** It goes on until the person has enough. */
  readonly endless?: true
  readonly run: (call: Call) => Promise<void>
}
