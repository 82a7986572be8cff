import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope } from '#commands/handle.ts'
import { refusing } from '#commands/refusing.ts'
import { course } from '#domain/night/course.ts'
import type { CourseCommand } from '#domain/night/course-commands.ts'
import { isCourseEvent } from '#domain/night/course-sentences.ts'
import { nightStream } from '#domain/night/streams.ts'

/** Handles commands to nights. Rejects with `CommandRefused` where the night does not allow it. */
export const nightCourse = (store: EventStore, site: string) => {
  const handle = commandHandler({
    store,
    decider: course,
    streamOf: ({ night }: CourseCommand) => nightStream(site, night),
    site,
    isOwn: isCourseEvent,
  })
  return (command: CourseCommand, envelope: Envelope) =>
    refusing(() => handle(command, { ...envelope, night: command.night }))
}
