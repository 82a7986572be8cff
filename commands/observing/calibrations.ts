import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope } from '#commands/handle.ts'
import { type CalibrationCommand, calibration } from '#domain/observing/calibration.ts'
import { isCalibrationEvent } from '#domain/observing/calibration-sentences.ts'
import { calibrationStream } from '#domain/observing/streams.ts'

/** Handles commands to the calibrations of nights. */
export const calibrations = (store: EventStore, site: string) => {
  const handle = commandHandler({
    store,
    decider: calibration,
    streamOf: ({ night }: CalibrationCommand) => calibrationStream(site, night),
    site,
    isOwn: isCalibrationEvent,
  })
  return (command: CalibrationCommand, envelope: Envelope) =>
    handle(command, { ...envelope, night: command.night })
}
