import { agentSentence, isAgentEvent, isBeat } from './agents/sentences.ts'
import { isAlertEvent } from './alerts/events.ts'
import { alertSentence } from './alerts/sentences.ts'
import { deviceSentence, isDeviceEvent } from './devices/sentences.ts'
import { environmentSentence, isEnvironmentEvent, isRoutine } from './environment/sentences.ts'
import { imageSentence, isImageEvent } from './images/sentences.ts'
import { courseSentence, isCourseEvent } from './night/course-sentences.ts'
import { isNightEvent, nightSentence } from './night/sentences.ts'
import { calibrationSentence, isCalibrationEvent } from './observing/calibration-sentences.ts'
import { isObservingEvent, observingSentence } from './observing/sentences.ts'
import { isOperationEvent, operationSentence } from './operation/sentences.ts'
import { isAccessEvent } from './people/access-events.ts'
import { accessSentence } from './people/access-sentences.ts'
import { isPeopleEvent, peopleSentence } from './people/sentences.ts'
import { isPlanningEvent, planningSentence } from './planning/sentences.ts'
import { isQuotaEvent, quotaSentence } from './requests/quotas/sentences.ts'
import { isRequestEvent, requestSentence } from './requests/sentences.ts'
import type { DomainEvent } from './shared/event.ts'
import { isProcessEvent } from './shared/process-events.ts'
import { processSentence } from './shared/process-sentences.ts'

const longest = 500

const shortened = (sentence: string): string =>
  sentence.length > longest ? `${sentence.slice(0, longest - 1)}…` : sentence

/** An event as one sentence, from the event alone; null where its area has no words for it yet. */
export const sentenceOf = (event: DomainEvent): string | null => {
  if (isEnvironmentEvent(event)) return shortened(environmentSentence(event))
  if (isNightEvent(event)) return shortened(nightSentence(event))
  if (isCourseEvent(event)) return shortened(courseSentence(event))
  if (isObservingEvent(event)) return shortened(observingSentence(event))
  if (isCalibrationEvent(event)) return shortened(calibrationSentence(event))
  if (isImageEvent(event)) return shortened(imageSentence(event))
  if (isRequestEvent(event)) return shortened(requestSentence(event))
  if (isAlertEvent(event)) return shortened(alertSentence(event))
  if (isAgentEvent(event)) return shortened(agentSentence(event))
  if (isProcessEvent(event)) return shortened(processSentence(event))
  if (isPeopleEvent(event)) return shortened(peopleSentence(event))
  if (isAccessEvent(event)) return shortened(accessSentence(event))
  if (isQuotaEvent(event)) return shortened(quotaSentence(event))
  if (isDeviceEvent(event)) return shortened(deviceSentence(event))
  if (isOperationEvent(event)) return shortened(operationSentence(event))
  if (isPlanningEvent(event)) return shortened(planningSentence(event))
  return null
}

/** What only leads to the next event, which says what came of it; who asks why finds them all. */
const routine: ReadonlySet<string> = new Set([
  'ProcessReacted',
  'TimerFired',
  'DeviceCommandRequested',
  'DeviceCommandAgreed',
  'DeviceCommandCompleted',
  'NoticeReceived',
  'ScheduleExplained',
])

/** Whether an event changes something, rather than being one more of many. */
export const isNews = (event: DomainEvent): boolean =>
  !(isBeat(event) || routine.has(event.type)) && (!isEnvironmentEvent(event) || !isRoutine(event))
