import { describe, expect, it } from 'vitest'
import { environmentEvents } from '#domain/environment/events.ts'
import { News } from '#domain/night/news.ts'
import { isNews, sentenceOf } from '#domain/sentences.ts'
import { storyOf } from '#domain/story.ts'
import { fineWeather, instantAt, rejected, reply, unreachable, weather } from '#test/support/environment.ts'
import { recordedBy } from '#test/support/recorded-by.ts'
import { sampleNight } from '#test/support/sample-night.ts'

const rainy = recordedBy([...fineWeather(0, 1202), reply(1204, weather({ RainRate: 5, WindSpeed: 12 }))])
const verdict = rainy.findLast(({ type }) => type === 'SafetyVerdictGiven')

describe('a sentence', () => {
  it('is there for every event of the environment', () => {
    const events = sampleNight({ polls: 200 })
    for (const { type } of environmentEvents) {
      const event = events.find((sample) => sample.type === type)
      expect([type, event && sentenceOf(event)]).toEqual([type, expect.stringMatching(/^\S.{5,}$/)])
    }
  })

  it.each([
    [[reply(0, weather())], 'weather devices read: VantagePro, DRD11, MLX90614-1'],
    [[reply(0, weather())], 'no site devices in the answer'],
    [[reply(0, weather())], 'poll 1 judged unsafe'],
    [[rejected(0)], 'PLC answer rejected (INVALID_JSON): Unexpected end of JSON input'],
    [[unreachable(0)], 'PLC at 127.0.0.1:5003 does not answer (connect): nobody listens'],
    [[unreachable(0), reply(42, weather())], 'PLC at 127.0.0.1:5003 answers again after 42 s'],
    [[reply(0, weather()), unreachable(12)], 'too old to trust: rain'],
    [fineWeather(0, 1200), 'became safe: every quantity is within its limits'],
  ])('of %# says what happened', (commands, sentence) =>
    expect(recordedBy(commands).map(sentenceOf)).toContain(sentence),
  )

  it('of a verdict names the worst reason, and what else', () =>
    expect(verdict && sentenceOf(verdict)).toMatch(
      /^became unsafe: rain 5 mm\/h is over .*; also wind, gust$/,
    ))

  it('is cut where what came from outside goes on and on', () => {
    const [event] = recordedBy([rejected(0, { detail: 'x'.repeat(5000) })])
    expect(event && sentenceOf(event)).toHaveLength(500)
  })
})

describe('news', () => {
  it('is what does not come with every poll', () => {
    const news = recordedBy(fineWeather(0, 20)).filter(isNews)
    expect(news.map(({ type }) => type)).toEqual(['SafetyVerdictGiven'])
  })

  it('is a flag when it comes, once', () => {
    const news = new News()
    const told = recordedBy(
      [0, 2, 4].map((s) => reply(s, weather({ WindSpeed: 'NaN' }, { at: instantAt(s) }))),
    ).flatMap((event) => news.of(event))
    expect(told.filter((text) => text.startsWith('flag NOT_A_NUMBER'))).toHaveLength(1)
  })
})

describe('a story', () => {
  const command = rainy.findLast(({ type }) => type === 'WeatherReadingRecorded')?.metadata.causationId ?? ''
  const chapters = [
    ...rainy
      .filter(({ metadata }) => metadata.occurredAt === instantAt(1204))
      .toReversed()
      .map((event, depth) => ({ kind: 'event' as const, depth, event })),
    { kind: 'command' as const, depth: 4, id: command, by: 'user:ana' },
  ]

  it('goes from the verdict by its grounds to what was measured, and ends with who began it', () => {
    const lines = storyOf(chapters)
    expect(lines.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^SafetyVerdictGiven: .* \(agent environment-monitor, by rules safety-1\)$/),
      expect.stringMatching(
        /^rain 5 mm\/h is over .* \(limit 0 mm\/h, 5 mm\/h beyond it; unsafe since 02:20:04 UTC\)$/,
      ),
      expect.stringMatching(/^wind 12 m\/s is over .* \(limit 9.722 m\/s, 2.278 m\/s beyond it; warn since/),
      expect.stringMatching(/^gust of the last 5 minutes/),
      'EnvironmentAssessed: poll 603 judged unsafe (agent environment-monitor, by rules safety-1)',
      'rain 5 mm/h, raining hard (limit 0 mm/h, 5 mm/h beyond it; unsafe since 02:20:04 UTC)',
      expect.stringMatching(/^wind 12 m\/s, strong wind/),
      expect.stringMatching(/^gust 12 m\/s/),
      expect.stringMatching(/^SiteReadingRecorded/),
      expect.stringMatching(/^WeatherReadingRecorded/),
      'VantagePro sent RainRate 5 mm/h, WindSpeed 12 m/s',
      'DRD11 sent analog 3 V, digital 1',
      `it began with command ${command}, given by user ana`,
    ])
    expect(lines.filter(({ at }) => at !== null).map(({ at }) => at)).toEqual(Array(4).fill(instantAt(1204)))
  })

  it('about something safe tells of every quantity', () => {
    const safe = recordedBy(fineWeather(0, 1200)).slice(-2).toReversed()
    const lines = storyOf(safe.map((event, depth) => ({ kind: 'event', depth, event })))
    for (const quantity of ['rain', 'wind', 'humidity', 'skyTemperature', 'ice'])
      expect(lines.some(({ text }) => text.startsWith(`${quantity} `) && text.includes('safe since'))).toBe(
        true,
      )
  })
})
