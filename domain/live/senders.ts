import type { AnyEvent } from '#domain/catalogue.ts'
import { deviceNames } from '#domain/devices/events.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { type ChannelName, isOn } from './channels.ts'

/** Who can be listened to, what it says, and which channels it consents to be heard on. */
export type SenderDeclaration = {
  readonly about: string
  readonly events: readonly AnyEvent['type'][]
  readonly channels: readonly ChannelName[]
}

/** The life of an agent under a supervisor. */
const life = [
  'AgentClaimed',
  'AgentReady',
  'AgentActivated',
  'AgentFailed',
  'AgentTerminated',
  'AgentRestarted',
  'AgentGivenUp',
] as const
const presence = ['#connect', '#disconnect', '#alarm'] as const
/** What every process manager decides. */
const deciding = ['ProcessReacted', 'TimerFired', 'ProcessCommandRefused'] as const
const asking = ['DeviceCommandRequested', 'DeviceCommandRefused'] as const
const notices = ['NoticeReceived', 'NoticeRead', 'NoticeQuarantined', 'NoticeConflicted'] as const
const ofRequests = ['RequestSubmitted', 'RequestRevised', 'RequestRefused', 'RequestWithdrawn'] as const
const seals = ['NightEventsHashed', 'NightSealed'] as const

/** At the controls of the program. */
const operating = ['FakeAlarmAsked', 'PlcStatusAsked', 'PartOrdered', 'NightNoteWritten'] as const

const people = [
  'UserRegistered',
  'RoleGranted',
  'RoleRevoked',
  'UserErased',
  'SignedIn',
  'SignInRefused',
  'PasswordSet',
  'TokenIssued',
  'TokenRevoked',
  'ProgrammeOpened',
  'ProgrammeMembersNamed',
  'ProgrammeClosed',
  'QuotaGranted',
] as const

const device: SenderDeclaration = {
  about: 'a device, as its agent puts it on record',
  events: [
    ...asking,
    'DeviceCommandAgreed',
    'DeviceCommandCompleted',
    'DeviceCommandFailed',
    'DeviceCommandTimedOut',
    'DeviceStatusRecorded',
    'DeviceLinkLost',
    'DeviceLinkRestored',
    'DeviceAlarmRaised',
  ],
  channels: ['#link', '#alarm'],
}

/** Every sender whose events stand in the log. A test holds it against whole nights. */
export const logSenders: Readonly<Record<string, SenderDeclaration>> = {
  'environment-monitor': {
    about: 'polls the PLC and judges what it says',
    events: [
      'WeatherReadingRecorded',
      'SiteReadingRecorded',
      'PlcReplyRejected',
      'PlcLinkLost',
      'PlcLinkRestored',
      'EnvironmentAssessed',
      'EnvironmentWentStale',
      'SafetyVerdictGiven',
    ],
    channels: ['#verdict', '#rain', '#link'],
  },
  majordome: {
    about: 'conducts the night',
    events: [
      ...life,
      ...deciding,
      ...asking,
      'NightOpened',
      'NightPhaseEntered',
      'NightClosed',
      'ObservingSuspended',
      'ObservingResumed',
      'ControlModeChanged',
      'ScheduleAsked',
    ],
    channels: [...presence, '#phase', '#observing', '#mode'],
  },
  planner: {
    about: 'makes the plan of the night',
    events: [...life, 'ScheduleAsked', 'SchedulePublished', 'ScheduleExplained'],
    channels: [...presence, '#schedule'],
  },
  observer: {
    about: 'carries the plan out',
    events: [
      ...life,
      ...deciding,
      ...asking,
      'ObservationStarted',
      'PlanStarted',
      'ImageAcquired',
      'PlanFinished',
      'ObservationFinished',
      'ObservationAborted',
      'SequenceMissed',
    ],
    channels: [...presence, '#observing', '#image'],
  },
  calibrator: {
    about: 'takes the calibration frames, corrects the images with them and looks what is in them',
    events: [
      ...life,
      ...deciding,
      ...asking,
      'CalibrationFrameAcquired',
      'MasterFrameBuilt',
      'MasterFrameNotBuilt',
      'ImageCalibrated',
      'ImageNotCalibrated',
      'TransientCandidateFound',
    ],
    channels: [...presence, '#image', '#alert'],
  },
  'alert-manager': {
    about: 'weighs what happens in the sky and asks for observations of it',
    events: [
      ...life,
      ...deciding,
      ...ofRequests,
      'TriggerOpened',
      'TriggerRefined',
      'TriggerNoticeAdded',
      'TriggerRetracted',
      'TriggerUnretracted',
      'TriggerNoticeRefused',
      'TriggerJudged',
      'TriggersCoincided',
      'AlertRequestMade',
      'AlertRequestRevised',
      'AlertRequestWithdrawn',
      'AlertCancelled',
    ],
    channels: [...presence, '#alert'],
  },
  'alert-receiver': { about: 'takes notices in', events: notices, channels: [] },
  'quota-keeper': {
    about: 'reserves, spends and releases quotas of time',
    events: [...life, 'QuotaReserved', 'QuotaReleased', 'QuotaSpent'],
    channels: presence,
  },
  'night-sealer': { about: 'seals nights that are over', events: seals, channels: [] },
  ...Object.fromEntries(deviceNames.map((name) => [name, device])),
  users: {
    about: 'what people do, whoever they are',
    events: [
      ...people,
      ...operating,
      ...ofRequests,
      ...asking,
      ...notices,
      'RequestDrafted',
      'ScheduleAsked',
      'ControlModeChanged',
      'AlertCancelled',
      'StrategyAdopted',
    ],
    channels: ['#mode', '#alert', '#note'],
  },
  programs: {
    about: 'our own programs, beside their agents',
    events: [...people, ...notices, ...seals, 'StrategyAdopted', 'AgentHostSeen'],
    channels: [],
  },
}

/** An alert manager decides under one name and lives under another. */
const otherNames: Readonly<Record<string, string>> = { alertManager: 'alert-manager' }

/** Who is heard in an event of an actor. */
export const senderOf = ({ kind, id }: Actor): string => {
  switch (kind) {
    case 'user':
      return 'users'
    case 'program':
      return 'programs'
    case 'simulator':
      return 'simulators'
    case 'agent': {
      const known = deviceNames.find((name) => id === `${name}-agent`)
      return known ?? otherNames[id] ?? id
    }
  }
}

/** The names under which an event of a sender is heard: its type, and the channels that the sender declares. */
export const namesOf = (sender: string, event: AnyEvent): readonly string[] => {
  const declared = logSenders[sender]?.channels ?? []
  return [event.type, ...declared.filter((channel) => isOn(channel, event))]
}
