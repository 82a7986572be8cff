import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

export const roles = ['observer', 'operator', 'admin', 'auditor'] as const
export const roleSchema = z.enum(roles)

/** Somebody may use the observatory. Name and address are no business of the log: they can be erased, an event cannot. */
export const userRegistered = defineEvent('UserRegistered', {
  version: 1,
  schema: z.object({
    userId: z.string(),
    /** ISO 3166-1 alpha-2, lower case; null for none. */
    country: z.string().nullable(),
    /** PYROS's user level, 0 and up: a cap on the priority a user may ask for. */
    level: z.int().nonnegative(),
    roles: z.array(roleSchema),
  }),
})

export const roleGranted = defineEvent('RoleGranted', {
  version: 1,
  schema: z.object({ userId: z.string(), role: roleSchema }),
})

export const roleRevoked = defineEvent('RoleRevoked', {
  version: 1,
  schema: z.object({ userId: z.string(), role: roleSchema }),
})

/** The personal data of this user is gone; the events keep the id alone. */
export const userErased = defineEvent('UserErased', {
  version: 1,
  schema: z.object({ userId: z.string() }),
})

export const programmeOpened = defineEvent('ProgrammeOpened', {
  version: 1,
  schema: z.object({
    programmeId: z.string(),
    title: z.string(),
    /** Who answers for it. */
    leaderId: z.string(),
    memberIds: z.array(z.string()),
  }),
})

/** Who leads it and who is in it from now on, all of them. */
export const programmeMembersNamed = defineEvent('ProgrammeMembersNamed', {
  version: 1,
  schema: z.object({ programmeId: z.string(), leaderId: z.string(), memberIds: z.array(z.string()) }),
})

export const programmeClosed = defineEvent('ProgrammeClosed', {
  version: 1,
  schema: z.object({ programmeId: z.string() }),
})

export const peopleEvents = [
  userRegistered,
  roleGranted,
  roleRevoked,
  userErased,
  programmeOpened,
  programmeMembersNamed,
  programmeClosed,
] as const

export type PeopleEvent = EventOf<(typeof peopleEvents)[number]>
export type Role = z.output<typeof roleSchema>
