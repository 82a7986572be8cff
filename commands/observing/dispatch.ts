import { type DeviceOrder, requestDeviceCommand } from '#commands/devices/request-command.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import { nightCourse } from '#commands/night/course.ts'
import type { AskDevice } from '#domain/devices/ask.ts'
import type { MajordomeCommand } from '#domain/night/majordome/commands.ts'
import type { ObserverCommand } from '#domain/observing/observer/observer.ts'
import type { Site } from '#domain/shared/site.ts'
import { observations } from './observations.ts'

type Parts = { readonly store: EventStore; readonly site: Site }

/** A conversation bears the name its asker gave it, so that the asker knows its answer. */
const askDevice = (parts: Parts) => {
  const request = requestDeviceCommand(parts)
  return ({ device, name, parameters, conversationId, isDrill }: AskDevice, envelope: Envelope) => {
    const order: DeviceOrder = { device, name, parameters, ...(isDrill ? { isDrill } : {}) }
    return request(order, { ...envelope, commandId: conversationId })
  }
}

/** Hands what the majordome decides to whoever does it. */
export const majordomeDispatch = (parts: Parts) => {
  const handleNight = nightCourse(parts.store, parts.site.id)
  const ask = askDevice(parts)
  return (command: MajordomeCommand, envelope: Envelope): Promise<unknown> =>
    command.type === 'AskDevice' ? ask(command, envelope) : handleNight(command, envelope)
}

/** Hands what the observer decides to whoever does it. */
export const observerDispatch = (parts: Parts) => {
  const handleObservation = observations(parts.store, parts.site.id)
  const ask = askDevice(parts)
  return (command: ObserverCommand, envelope: Envelope): Promise<unknown> =>
    command.type === 'AskDevice' ? ask(command, envelope) : handleObservation(command, envelope)
}
