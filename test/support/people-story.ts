import type { Happening } from './happenings.ts'

const night = '2026-11-21'

const ofUser = (userId: string, type: string, data: object = {}): Happening => ({
  type,
  data: { userId, ...data },
  night,
  stream: `user-${userId}`,
})

const ofProgramme = (programmeId: string, type: string, data: object = {}): Happening => ({
  type,
  data: { programmeId, ...data },
  night,
  stream: `programme-${programmeId}`,
})

const accounts = [
  { level: 'user', id: 'ana', period: '2026B' },
  { level: 'programme', id: 'survey', period: '2026B' },
] as const

const inLedger = (type: string, data: object): Happening => ({ type, data, night, stream: 'quota-2026B' })

/** Everything that can become of people, programmes and quotas. */
export const peopleStory: readonly Happening[] = [
  ofUser('ana', 'UserRegistered', { country: 'mx', level: 3, roles: ['observer'] }),
  ofUser('bob', 'UserRegistered', { country: null, level: 0, roles: ['operator', 'auditor'] }),
  ofUser('ana', 'RoleGranted', { role: 'admin' }),
  ofProgramme('survey', 'ProgrammeOpened', {
    title: 'Transients',
    leaderId: 'ana',
    memberIds: ['ana', 'bob'],
  }),
  ofProgramme('survey', 'ProgrammeMembersNamed', { leaderId: 'bob', memberIds: ['bob'] }),
  ofUser('bob', 'RoleRevoked', { role: 'operator' }),
  inLedger('QuotaGranted', { account: accounts[0], seconds: 3600, why: 'allocation' }),
  inLedger('QuotaReserved', { sequenceId: 'r.1', accounts, seconds: 600, scheduleVersion: 1 }),
  inLedger('QuotaReserved', { sequenceId: 'r.2', accounts, seconds: 299.9994, scheduleVersion: 1 }),
  inLedger('QuotaSpent', { sequenceId: 'r.1', attempt: 1, accounts, seconds: 600, refundedSeconds: 0 }),
  inLedger('QuotaReleased', { sequenceId: 'r.2', accounts, seconds: 299.9994, why: 'aborted' }),
  ofProgramme('survey', 'ProgrammeClosed'),
  ofUser('ana', 'UserErased'),
]
