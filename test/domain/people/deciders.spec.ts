import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { roles } from '#domain/people/events.ts'
import { type ProgrammeCommand, programme } from '#domain/people/programme.ts'
import { PersonRefusal } from '#domain/people/refusal.ts'
import { type RegisterUser, type UserCommand, user } from '#domain/people/user.ts'
import { sentenceOf } from '#domain/sentences.ts'
import { given, historyOf } from '#test/support/given-when-then.ts'
import { recordedStory } from '#test/support/happenings.ts'
import { peopleStory } from '#test/support/people-story.ts'

const at = '2026-11-21T04:00:00.000Z'
const registerAna: RegisterUser = {
  ...{ type: 'RegisterUser', userId: 'ana', at },
  ...{ country: 'mx', level: 3, roles: ['observer'] },
}
const onUser = (type: 'GrantRole' | 'RevokeRole', role: (typeof roles)[number]): UserCommand => ({
  type,
  userId: 'ana',
  role,
  at,
})
const eraseAna: UserCommand = { type: 'EraseUser', userId: 'ana', at }
const users = (...commands: UserCommand[]) => given(user)(...historyOf(user, commands))
const refusedWith = (code: string) => expect.objectContaining({ name: 'PersonRefusal', code })
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('a user', () => {
  it('P47 is registered with country, level and roles, and no name', () =>
    users()
      .when({ ...registerAna, roles: ['observer', 'observer'] })
      .then({
        type: 'UserRegistered',
        data: { userId: 'ana', country: 'mx', level: 3, roles: ['observer'] },
      }))

  it('is registered once: the same words again change nothing, others are refused', () => {
    users(registerAna).when(registerAna).thenNothing()
    expect(thrownBy(() => users(registerAna).when({ ...registerAna, level: 4 }))).toEqual(
      refusedWith('user_exists'),
    )
  })

  it('is given a role once and loses it once', () => {
    users(registerAna).when(onUser('GrantRole', 'admin')).thenTypes('RoleGranted')
    users(registerAna).when(onUser('GrantRole', 'observer')).thenNothing()
    users(registerAna).when(onUser('RevokeRole', 'admin')).thenNothing()
  })

  it('that was erased comes back under no circumstances', () => {
    users(registerAna).when(eraseAna).thenTypes('UserErased')
    users(registerAna, eraseAna).when(eraseAna).thenNothing()
    for (const [command, code] of [
      [registerAna, 'user_exists'],
      [onUser('GrantRole', 'admin'), 'user_erased'],
    ] as const)
      expect(thrownBy(() => users(registerAna, eraseAna).when(command))).toEqual(refusedWith(code))
  })

  it('that nobody registered is unknown', () =>
    expect(thrownBy(() => users().when(eraseAna))).toEqual(refusedWith('user_unknown')))
})

const members = { leaderId: 'ana', memberIds: ['bob', 'bob'] }
const openSurvey: ProgrammeCommand = {
  ...{ type: 'OpenProgramme', programmeId: 'survey', at, title: 'Transients' },
  ...members,
}
const nameMembers: ProgrammeCommand = { type: 'NameMembers', programmeId: 'survey', at, ...members }
const closeSurvey: ProgrammeCommand = { type: 'CloseProgramme', programmeId: 'survey', at }
const programmes = (...commands: ProgrammeCommand[]) => given(programme)(...historyOf(programme, commands))

describe('a programme', () => {
  it('has its leader among its members, each once', () =>
    expect(programmes().when(openSurvey).the('ProgrammeOpened').data.memberIds).toEqual(['ana', 'bob']))

  it('changes its members when they are others', () => {
    programmes(openSurvey).when(nameMembers).thenNothing()
    programmes(openSurvey)
      .when({ ...nameMembers, leaderId: 'bob' })
      .then({
        type: 'ProgrammeMembersNamed',
        data: { programmeId: 'survey', leaderId: 'bob', memberIds: ['bob'] },
      })
  })

  it('is opened once and closed once', () => {
    expect(thrownBy(() => programmes(openSurvey).when(openSurvey))).toEqual(refusedWith('programme_exists'))
    programmes(openSurvey).when(closeSurvey).thenTypes('ProgrammeClosed')
    programmes(openSurvey, closeSurvey).when(closeSurvey).thenNothing()
    expect(thrownBy(() => programmes(openSurvey, closeSurvey).when(nameMembers))).toEqual(
      refusedWith('programme_closed'),
    )
    expect(thrownBy(() => programmes().when(closeSurvey))).toEqual(refusedWith('programme_unknown'))
  })
})

const role = fc.constantFrom(...roles)
const command: fc.Arbitrary<UserCommand> = fc.oneof(
  fc.subarray([...roles]).map((some): UserCommand => ({ ...registerAna, roles: some })),
  role.map((one) => onUser('GrantRole', one)),
  role.map((one) => onUser('RevokeRole', one)),
  fc.constant(eraseAna),
)
const accepted = (commands: readonly UserCommand[]): UserCommand[] => {
  const taken: UserCommand[] = []
  for (const one of commands)
    if (!(thrownBy(() => historyOf(user, [...taken, one])) instanceof PersonRefusal)) taken.push(one)
  return taken
}

describe('a user, whatever is asked', () => {
  test.prop([fc.array(command, { maxLength: 12 })])('asked twice is as asked once', (commands) => {
    const taken = accepted(commands)
    const twice = taken.flatMap((one) => [one, one])
    expect(historyOf(user, twice)).toEqual(historyOf(user, taken))
  })

  test.prop([fc.array(command, { maxLength: 12 })])('has each role once', (commands) => {
    const { state } = users(...accepted(commands))
    expect(new Set(state.roles).size).toBe(state.roles.length)
  })
})

describe('a sentence', () => {
  it('is there for everything that becomes of people and quotas', () => {
    const areas = /^(User|Role|Programme|Quota)/
    const told = recordedStory(peopleStory).filter(({ type }) => areas.test(type))
    expect(told.map(sentenceOf)).not.toContain(null)
    expect(told.map(sentenceOf)).toContain('600 s spent on r.1 by user ana, programme survey in 2026B')
  })
})
