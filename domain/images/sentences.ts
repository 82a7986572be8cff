import { type ImageEvent, imageEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(imageEvents.map(({ type }) => type))

export const isImageEvent = (event: { readonly type: string }): event is ImageEvent => types.has(event.type)

type OfMaster = Extract<ImageEvent, { type: 'MasterFrameBuilt' | 'MasterFrameNotBuilt' }>['data']

const masterWords = ({ kind, detector, filter, exposureS, framesNight }: OfMaster): string =>
  `master ${kind}${exposureS === null ? '' : ` of ${exposureS} s`}${filter === null ? '' : ` in ${filter}`} of the ${detector} camera from the night of ${framesNight}`

const tenths = (value: number): string => `${Math.round(value * 10) / 10}`

/** What became of images and calibration frames, as one sentence in the observatory's log. */
export const imageSentence = (event: ImageEvent): string => {
  switch (event.type) {
    case 'MasterFrameBuilt': {
      const { frames, framesRejected, file } = event.data
      const without = framesRejected.length > 0 ? `, ${framesRejected.length} left out` : ''
      return `${masterWords(event.data)} built from ${frames.length} frames${without}: ${file}`
    }
    case 'MasterFrameNotBuilt':
      return `no ${masterWords(event.data)}: ${event.data.detail}`
    case 'ImageCalibrated': {
      const { missing, sourcesDetected, fwhmPx, backgroundCounts, file } = event.data
      const without = missing.length > 0 ? ` without ${missing.join(', ')}` : ''
      const width = fwhmPx === null ? '' : ` of ${tenths(fwhmPx)} pixels`
      return `image corrected${without}: ${sourcesDetected} sources${width} over a sky of ${tenths(backgroundCounts)} counts: ${file}`
    }
    case 'ImageNotCalibrated':
      return `image ${event.data.imageId} not corrected: ${event.data.detail}`
    case 'TransientCandidateFound': {
      const { raDeg, decDeg, snr, magnitude, catalogue, requestId } = event.data
      const bright = magnitude === null ? '' : `, magnitude ${tenths(magnitude)}`
      return `something at ${raDeg.toFixed(4)}° ${decDeg.toFixed(4)}° that is not in the ${catalogue}, ${Math.round(snr)} times the noise${bright}, for ${requestId}`
    }
  }
}
