import { type OperationEvent, operationEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(operationEvents.map(({ type }) => type))

export const isOperationEvent = (event: { readonly type: string }): event is OperationEvent =>
  types.has(event.type)

/** What a person did at the controls, as one sentence in the observatory's log. */
export const operationSentence = (event: OperationEvent): string => {
  switch (event.type) {
    case 'FakeAlarmAsked':
      return event.data.rainMmH === 0
        ? `fake alarm ended: ${event.data.why}`
        : `fake alarm: the simulated PLC says ${event.data.rainMmH} mm/h of rain for ${event.data.forS} s: ${event.data.why}`
    case 'PlcStatusAsked':
      return event.data.answer
        ? `PLC at ${event.data.address} asked by hand: ${event.data.answer.devices.length} devices answered in ${event.data.tookMs} ms`
        : `PLC at ${event.data.address} asked by hand, without an answer: ${event.data.trouble}`
    case 'PartOrdered':
      return `${event.data.part}: ${event.data.order} by hand: ${event.data.why}`
    case 'NightNoteWritten':
      return `note: ${event.data.text}`
  }
}
