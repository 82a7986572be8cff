import type { DeviceName } from '#domain/devices/events.ts'
import type { Detector } from '#domain/requests/sequence.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'

export const detectors: readonly Detector[] = ['visible', 'infrared']

export const cameras: Readonly<Record<Detector, DeviceName>> = {
  visible: 'visible-camera',
  infrared: 'infrared-camera',
}

export const detectorOf = (device: DeviceName): Detector | undefined =>
  detectors.find((detector) => cameras[detector] === device)

type Named = { readonly night: string; readonly number: number }

/** A conversation's name in a session, the same whenever it is asked for. */
export const conversationOf = ({ night, number }: Named, what: string): string =>
  uuidFrom(`calibration/${night}/${number}/${what}`, noctuaryNamespace)

export const stepName = (detector: Detector, step: number): string => `${detector}/${step}`
export const preparations = ['point', 'rotate'] as const
