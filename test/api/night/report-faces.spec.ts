import { describe, expect, it } from 'vitest'
import { reportHtml } from '#api/night/report-html.ts'
import { reportText } from '#api/night/report-text.ts'
import { nightReportOf } from '#test/support/night-report-of.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import { sampleWholeNight } from '#test/support/sample-whole-night.ts'

const now = '2026-11-21T20:00:00.000Z'
const report = nightReportOf(sampleWholeNight(), now)
const weatherOnly = nightReportOf(sampleNight({ polls: 100 }), now)

describe('the report as text', () => {
  const text = reportText(report)

  it('tells of course, observing, plans, alerts and devices', () => {
    expect(text).toMatch(/^Course: automatic mode at last; 24 observations/m)
    expect(text).toMatch(/^ {2}idle +\d h \d+ min$/m)
    expect(text).toMatch(/^ {2}02:36:50 UTC {3}29 min 50 s {3}weather: rain 3 mm\/h/m)
    expect(text).toMatch(/field survey.4: 8 of 10 images, 8 min 0 s; aborted, weather: rain/)
    expect(text).toMatch(/^Missed: 3 \(suspended 2, manual 1\)$/m)
    expect(text).toMatch(/19 placed, worth 190 of at most 192 \(99 %\)/)
    expect(text).toMatch(/left out 2: DISPLACED 1, NO_ROOM 1/)
    expect(text).toMatch(/swift-99999, 1 notice: ignore; test: a test/)
    expect(text).toMatch(/plan after 2 s, observation after \d+ s, first image after \d+ s/)
    expect(text).toMatch(/visible-camera expose failed: the shutter is stuck/)
    expect(text).toMatch(/infrared-camera out of reach for 4 min 0 s: silent for 10 s/)
    expect(text).toMatch(/^ {2}was open +\d+ h \d+ min$/m)
  })

  it('has no empty sections for a night of weather alone', () =>
    expect(reportText(weatherOnly)).not.toMatch(/^(Course|Observing|Missed|Plans|Alerts|Devices)/m))
})

describe('the report as a page', () => {
  const page = reportHtml(report)

  it('has a lane for phases, roof, suspensions, observations and alerts', () => {
    for (const lane of ['phase', 'roof', 'suspended', 'observing', 'alerts'])
      expect(page).toContain(`>${lane}</text>`)
    expect(page.match(/class="bar observed aborted"/g)).toHaveLength(3)
    expect(page.match(/class="missed"/g)).toHaveLength(3)
    expect(page.match(/class="alert observe"/g)).toHaveLength(2)
  })

  it('K16 has what people wrote, which steers neither browser nor terminal', () => {
    const at = '2026-11-21T04:00:00.000Z'
    const note = { at, by: 'user ana', text: '<b>fine</b>\u001b[2J\nagain', eventId: report.site.id }
    const told = { ...report, notes: { notes: [note], omitted: 2 } }
    expect(reportText(told)).toContain('  04:00:00 UTC   user ana: <b>fine</b> [2J again\n  and 2 more')
    expect(reportHtml(told)).toContain('&lt;b&gt;fine&lt;/b&gt;')
    expect(page).not.toContain('<h2>Notes')
  })

  it('has no lane and no section without anything in it', () => {
    const bare = reportHtml(weatherOnly)
    expect(bare).not.toMatch(/>(phase|roof|alerts)<\/text>/)
    expect(bare).not.toMatch(/<h2>(Course|Observing|Plans|Alerts|Devices)/)
  })

  it.each([
    ['a whole night', page],
    ['a night of weather', reportHtml(weatherOnly)],
  ])('loads nothing and has no figure that is none (%s)', (_, text) => {
    expect(text).not.toMatch(/<script|<link|src=|https?:/)
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })

  it('escapes what comes from outside', () => {
    const [first, ...rest] = report.observing.observations
    if (!first) throw new Error('nothing was observed')
    const hostile = { ...first, name: '<script>alert(1)</script>' }
    const text = reportHtml({
      ...report,
      observing: { ...report.observing, observations: [hostile, ...rest] },
    })
    expect(text).not.toContain('<script>')
    expect(text).toContain('&lt;script&gt;')
  })
})
