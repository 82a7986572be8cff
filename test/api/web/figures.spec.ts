import { describe, expect, it } from 'vitest'
import { emptyForm, requestOf, visibilityUrl } from '#api/web/page/panels/requests/form-text.ts'
import { decText, measured, raText } from '#api/web/page/ui/numbers.ts'
import { latencyOf, siteClockOf, spanOf } from '#api/web/page/ui/times.ts'
import { requestFormSchema } from '#domain/requests/request-form.ts'

describe('figures on the page', () => {
  it.each([
    [14, '14 s'],
    [200, '3 min 20 s'],
    [780, '13 min'],
    [7500, '2 h 05 min'],
    [273_600, '3 d 4 h'],
  ])('says %i s in two units at the most', (seconds, text) => expect(spanOf(seconds)).toBe(text))

  it('has as many decimals as a quantity deserves, and a dash for what is not known', () => {
    expect([
      measured(42.27, '%'),
      measured(-25.12, '°C'),
      measured(null, 'm/s'),
      measured('closed', ''),
    ]).toEqual(['42 %', '−25.1 °C', '–', 'closed'])
  })

  it('writes places in the sky as astronomers do', () => {
    expect([raText(83.633), decText(22.0144), decText(-0.5), raText(359.9999)]).toEqual([
      '05h 34m 32s',
      '+22° 00′ 52″',
      '−00° 30′ 00″',
      '00h 00m 00s',
    ])
  })

  it('tells short latencies to the millisecond, and the hour of the site', () => {
    expect([latencyOf(325), latencyOf(62_000)]).toEqual(['325 ms', '1 min 2 s'])
    expect(siteClockOf(Date.parse('2026-11-21T18:05:00Z'), 'America/Tijuana')).toBe('10:05')
  })
})

describe('the request form', () => {
  const filled = {
    ...emptyForm,
    name: 'Crab',
    ra: '05:34:31.9',
    dec: '22.014',
    minAltitudeDeg: '40',
    notAfter: '2026-11-22T02:00:00Z',
  }

  it('makes what the API takes', () => {
    const given = requestFormSchema.parse(JSON.parse(JSON.stringify(requestOf(filled))))
    expect(given.sequences[0]).toMatchObject({
      target: { decDeg: 22.014 },
      constraints: { minAltitudeDeg: 40 },
    })
    expect(given.windows).toEqual([{ until: '2026-11-22T02:00:00Z' }])
  })

  it('leaves what is no number as it was typed, for the API to say what is wrong with it', () => {
    const given = requestFormSchema.safeParse(
      JSON.parse(JSON.stringify(requestOf({ ...filled, exposureS: 'long' }))),
    )
    expect(given.error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'sequences.0.albums.0.plans.0.exposureS',
    ])
  })

  it('asks for no curve before there is a place', () => {
    expect(visibilityUrl(emptyForm)).toBeNull()
    expect(visibilityUrl(filled)).toContain('minAltitude=40')
  })
})
