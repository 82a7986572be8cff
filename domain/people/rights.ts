import { z } from 'zod'
import type { Role } from './events.ts'

/** What somebody may do, by name; a token's scopes have the same names. */
export const rights = ['read', 'audit', 'request', 'operate', 'admin', 'personal'] as const
export const rightSchema = z.enum(rights)
export type Right = (typeof rights)[number]

export const rightMeanings: Readonly<Record<Right, string>> = {
  read: 'the read models',
  audit: 'the journal, every event, replays, what-if and exports',
  request: 'requests of their own',
  operate: "the mode, devices, alerts, plans, notices, and everybody's requests",
  admin: 'users, programmes, quotas, strategies and rebuilds',
  personal: 'names and addresses of people',
}

const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  observer: ['read', 'request'],
  operator: ['read', 'audit', 'request', 'operate'],
  auditor: ['read', 'audit'],
  admin: rights,
}

/** The rights of somebody with these roles, in their usual order. */
export const rightsOf = (roles: readonly Role[]): Right[] =>
  rights.filter((right) => roles.some((role) => rightsOfRole[role].includes(right)))
