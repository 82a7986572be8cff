import type { AnyEvent } from '#domain/catalogue.ts'

type Channel = {
  readonly about: string
  readonly types: readonly AnyEvent['type'][]
  /** Which events of those types; all of them without it. */
  readonly when?: (event: AnyEvent) => boolean
}

const isOfRain = (event: AnyEvent): boolean =>
  event.type === 'SafetyVerdictGiven' && event.data.reasons.some(({ quantity }) => quantity === 'rain')

/** What is of interest whoever says it: a name that begins with `#`, heard from every sender that declares it. */
export const channels = {
  '#connect': { about: 'a sender is there: an agent at work, a live client', types: ['AgentActivated'] },
  '#disconnect': {
    about: 'a sender is gone: an agent that ended or failed, a live client',
    types: ['AgentTerminated', 'AgentFailed', 'AgentGivenUp'],
  },
  '#verdict': { about: 'whether the roof may be open', types: ['SafetyVerdictGiven'] },
  '#rain': { about: 'a verdict that rests on rain', types: ['SafetyVerdictGiven'], when: isOfRain },
  '#phase': {
    about: 'the night opens, goes on to its next phase, closes',
    types: ['NightOpened', 'NightPhaseEntered', 'NightClosed'],
  },
  '#mode': { about: 'taken over by hand, or handed back', types: ['ControlModeChanged'] },
  '#alert': {
    about: 'something happened in the sky, and what is made of it',
    types: [
      'TriggerOpened',
      'TriggerRefined',
      'TriggerRetracted',
      'TriggerUnretracted',
      'TriggerJudged',
      'AlertCancelled',
      'TransientCandidateFound',
    ],
  },
  '#schedule': { about: 'a plan of the night', types: ['SchedulePublished'] },
  '#observing': {
    about: 'what is observed, and what stops it',
    types: [
      'ObservationStarted',
      'ObservationFinished',
      'ObservationAborted',
      'SequenceMissed',
      'ObservingSuspended',
      'ObservingResumed',
    ],
  },
  '#image': {
    about: 'an image is there, or was corrected',
    types: ['ImageAcquired', 'CalibrationFrameAcquired', 'ImageCalibrated', 'MasterFrameBuilt'],
  },
  '#link': {
    about: 'a line to the PLC or a device was lost or is back',
    types: ['PlcLinkLost', 'PlcLinkRestored', 'DeviceLinkLost', 'DeviceLinkRestored'],
  },
  '#note': { about: 'what people write into the log of the night', types: ['NightNoteWritten'] },
  '#alarm': { about: 'a person should look', types: ['DeviceAlarmRaised', 'AgentGivenUp'] },
} as const satisfies Readonly<Record<`#${string}`, Channel>>

export type ChannelName = keyof typeof channels

export const channelNames: readonly string[] = Object.keys(channels)

export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(channels, name)

/** Whether an event belongs on a channel, whoever sent it. */
export const isOn = (name: ChannelName, event: AnyEvent): boolean => {
  const { types, when = () => true }: Channel = channels[name]
  return types.includes(event.type) && when(event)
}
