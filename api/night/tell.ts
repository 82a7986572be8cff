import type { NightReport } from '#domain/night/report-schema.ts'
import { count, spaced } from './words.ts'

type Observation = NightReport['observing']['observations'][number]
type Trigger = NightReport['alerts']['triggers'][number]
type Suspension = NightReport['course']['suspensions'][number]

const plainly = (name: string): string => (/^[a-z]/.test(name) ? spaced(name) : name)

/** `rain 3, wind 1`; codes stay as they are. */
export const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${plainly(name)} ${n}`)
    .join(', ')

/** What became of an observation, in words. */
export const outcomeWords = ({ outcome, why, detail }: Observation): string => {
  switch (outcome) {
    case 'finished':
      return 'finished'
    case 'aborted':
      return `aborted, ${why}: ${detail}`
    case 'running':
      return 'under way'
    case 'no-end':
      return 'its end is not on record'
  }
}

/** What was decided about a trigger, and by which figure. */
export const verdictWords = ({ outcome, reason, refusedBy, retracted, withdrawn }: Trigger): string =>
  [
    outcome === null ? 'not judged' : outcome,
    refusedBy ? `${refusedBy.gate}: ${refusedBy.text}` : outcome === 'observe' ? '' : (reason ?? ''),
    retracted ? 'retracted' : '',
    withdrawn ?? '',
  ]
    .filter((words) => words !== '')
    .join('; ')

const exact = (seconds: number): string =>
  seconds < 10 ? `${Math.round(seconds * 100) / 100} s` : `${Math.round(seconds)} s`

const steps = [
  ['requestedS', 'request'],
  ['scheduledS', 'plan'],
  ['startedS', 'observation'],
  ['firstImageS', 'first image'],
] as const

/** `request after 0.12 s, plan after 0.4 s`; empty where nothing was asked for. */
export const latencyWords = ({ latency }: Trigger): string =>
  latency === null
    ? ''
    : steps
        .flatMap(([step, words]) => {
          const s = latency[step]
          return s === null ? [] : [`${words} after ${exact(s)}`]
        })
        .join(', ')

export const suspensionWords = ({ causes, resumed }: Suspension): string => {
  const why = causes.map(
    (cause) => `${cause.why}: ${cause.detail}${cause.closesRoof ? ' (the roof closes)' : ''}`,
  )
  return [...why, ...(resumed ? [`then ${resumed.detail}`] : [])].join('; ')
}

/** `4,031 of a bound of 4,120 (97.8 %)`. */
export const valueWords = ({ value, bound }: { value: number; bound: number }): string =>
  `${Math.round(value * 10) / 10} of at most ${Math.round(bound * 10) / 10}${bound > 0 ? ` (${Math.round((value / bound) * 1000) / 10} %)` : ''}`

export const percent = (part: number): string => `${Math.round(part * 1000) / 10} %`

export const imagesWords = ({ imagesTaken, imagesExpected }: Observation): string =>
  `${imagesTaken} of ${count(imagesExpected, 'image')}`

/** One line on how good the images are; null where none was looked at. */
export const imageQualityWords = ({ images }: NightReport): string | null => {
  const { calibrated, partly, refused, fwhmPx, backgroundCounts, limitingMagnitude } = images
  const { sources, candidates, masters } = images
  if (calibrated + refused + masters === 0) return null
  const parts = [
    `${count(calibrated, 'image')} corrected${partly > 0 ? `, ${partly} of them without all masters` : ''}`,
    ...(refused > 0 ? [`${refused} could not be`] : []),
    ...(fwhmPx ? [`stars ${fwhmPx.mean} pixels wide (${fwhmPx.min} to ${fwhmPx.max})`] : []),
    ...(backgroundCounts ? [`sky ${Math.round(backgroundCounts.mean)} counts`] : []),
    ...(limitingMagnitude ? [`down to magnitude ${limitingMagnitude.mean}`] : []),
    `${count(sources, 'source')}`,
    ...(candidates > 0 ? [`${candidates} in no catalogue`] : []),
    ...(masters > 0 ? [`${count(masters, 'master frame')} built`] : []),
  ]
  return parts.join('; ')
}

/** `flat in r, visible`; `dark of 60 s, infrared`. */
export const calibrationWords = ({
  kind,
  detector,
  filter,
  exposureS,
}: NightReport['calibrations'][number]): string =>
  `${kind}${filter === null ? '' : ` in ${filter}`}${exposureS === null ? '' : ` of ${exposureS} s`}, ${detector}`
