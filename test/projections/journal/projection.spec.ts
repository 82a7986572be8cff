import { describe, expect, it } from 'vitest'
import { catalogue } from '#domain/catalogue.ts'
import { handledTypes, project } from '#projections/engine/definition.ts'
import { journal } from '#projections/journal/projection.ts'
import { reply, weather } from '#test/support/environment.ts'
import { recordedBy } from '#test/support/recorded-by.ts'
import { sampleNight } from '#test/support/sample-night.ts'

describe('the journal', () => {
  it('takes every type that the catalogue has', () =>
    expect(handledTypes(journal)).toEqual([...catalogue.keys()]))

  it('enters an event with all but its data, and the ids that its data names beside its cause', () => {
    const events = recordedBy([reply(0, weather())])
    const assessed = events.find(({ type }) => type === 'EnvironmentAssessed')
    if (!assessed) throw new Error('nothing was assessed')
    const [weatherId, siteId] = events.map(({ id }) => id)
    const [entry, ...references] = project(journal, assessed)
    expect(entry).toEqual({
      op: 'insert',
      table: 'journal',
      row: {
        event_id: assessed.id,
        commit_position: 300,
        prepare_position: 300,
        stream: 'environment-osm-2026-11-20',
        revision: 2,
        type: 'EnvironmentAssessed',
        night: '2026-11-20',
        site: 'osm',
        occurred_at: '2026-11-21T02:00:00.000Z',
        observed_at: null,
        actor: 'agent:environment-monitor',
        causation_id: weatherId,
        correlation_id: assessed.metadata.correlationId,
        simulated: false,
        rules_version: 'safety-1',
        summary: 'poll 1 judged unsafe',
      },
    })
    expect(references.map(({ row }) => row)).toEqual([
      { event_id: assessed.id, names: siteId, field: 'readingIds' },
    ])
  })

  it('keeps its rows small', () => {
    const events = sampleNight({ polls: 300 })
    const bytes = events.reduce((sum, event) => sum + JSON.stringify(project(journal, event)).length, 0)
    expect(bytes / events.length).toBeLessThan(900)
  })
})
