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

it.each([null, 'text', 7, [a]])('finds none in %s', (data) => expect(referencesOf(data)).toEqual([]))
