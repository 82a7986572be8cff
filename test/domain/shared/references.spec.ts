import { expect, it } from 'vitest'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { referencesOf } from '#domain/shared/references.ts'

const [a, b] = [uuidFrom('a', noctuaryNamespace), uuidFrom('b', noctuaryNamespace)]

it('finds the ids that data of any event names, once a field', () =>
  expect(
    referencesOf({ requestId: a, readingIds: [a, b, a], note: b, grid: [b], stationId: 'north' }),
  ).toEqual([
    { field: 'requestId', id: a },
    { field: 'readingIds', id: a },
    { field: 'readingIds', id: b },
  ]))

it('finds the events that members of a list name', () =>
  expect(
    referencesOf({ asks: [{ why: 'submission', eventId: a }, { eventId: b }, { eventId: 'soon' }, b] }),
  ).toEqual([
    { field: 'asks', id: a },
    { field: 'asks', id: b },
  ]))

it.each([null, 'text', 7, [a]])('finds none in %s', (data) => expect(referencesOf(data)).toEqual([]))
