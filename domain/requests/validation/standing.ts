import type { AuthoredContent } from '../content.ts'
import type { Fault } from '../fault.ts'
import { bestPriorityOf } from '../priority-cap.ts'

/** What the log knows of who asks, and of the programme it is for; null for nothing. */
export type Standing = {
  readonly user: { readonly level: number; readonly country: string | null } | null
  readonly programme: { readonly open: boolean } | null
}

const userFaults = ({ userId, sequences }: AuthoredContent, user: Standing['user']): Fault[] => {
  if (!user)
    return [
      {
        code: 'USER_UNKNOWN',
        path: 'user',
        message: `nobody is registered as ${JSON.stringify(userId)}; POST /api/users registers`,
      },
    ]
  const best = bestPriorityOf(user.level)
  return sequences.flatMap(({ priority }, i) =>
    priority >= best
      ? []
      : [
          {
            code: 'PRIORITY_ABOVE_LEVEL',
            path: `sequences[${i}].priority`,
            message: `priority ${priority} is better than a user of level ${user.level} may ask for: ${best} to 100`,
          },
        ],
  )
}

const programmeFaults = ({ programmeId }: AuthoredContent, programme: Standing['programme']): Fault[] => {
  if (programme?.open) return []
  if (programmeId === '')
    return [{ code: 'PROGRAMME_MISSING', path: 'programme', message: 'say which programme it is for' }]
  const name = JSON.stringify(programmeId)
  return programme
    ? [{ code: 'PROGRAMME_CLOSED', path: 'programme', message: `the programme ${name} is closed` }]
    : [
        {
          code: 'PROGRAMME_UNKNOWN',
          path: 'programme',
          message: `there is no programme ${name}; POST /api/programmes opens one`,
        },
      ]
}

/** Whether these people may ask for this. What an alert or a press of the button makes is asked for by nobody. */
export const standingFaults = (content: AuthoredContent, { user, programme }: Standing): Fault[] =>
  content.source === 'alert' || content.source === 'fake'
    ? []
    : [...userFaults(content, user), ...programmeFaults(content, programme)]
