import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRequestXml } from '#adapters/request-xml/read-request.ts'
import { XmlRefused } from '#adapters/request-xml/xml-refused.ts'
import { colibri } from '#domain/requests/instrument.ts'

const now = '2026-11-21T04:00:00.000Z'
const pyros = readFileSync(new URL('../../fixtures/pyros/routine_request_01.xml', import.meta.url))

const read = (text: string | Uint8Array, strict = false) =>
  readRequestXml(typeof text === 'string' ? new TextEncoder().encode(text) : text, {
    instrument: colibri,
    at: now,
    strict,
  })

const taken = (text: string | Uint8Array) => {
  const request = read(text)
  if ('faults' in request) throw new Error(JSON.stringify(request.faults))
  return request
}

const faults = (text: string | Uint8Array, strict = false): string[] => {
  const request = read(text, strict)
  return 'faults' in request
    ? request.faults.map(({ code, path, message }) => `${code} ${path} ${message}`)
    : []
}

const refusal = (text: string | Uint8Array): string => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof XmlRefused) return error.code
    throw error
  }
  return 'none'
}

const plan = '<plan duration="60" filter="r" name="p" nb_images="3"/>'
const file = ({
  request = '',
  sequence = 'duration="300" jd1="2461365.5" jd2="2461366.0" target_coords="83.633 22.014"',
  album = 'detector="Visible camera" name="a"',
  inside = plan,
} = {}): string => `<?xml version="1.0" ?>
<request submitted="1" name="n" scientific_program="GRB" target_type="star" ${request}>
  <sequence name="s" ${sequence}>
    <album ${album}>
      ${inside}
    </album>
  </sequence>
</request>`

describe("PYROS's XML", () => {
  it('P25 has all its attributes read as what they are', () => {
    const { form, submitted, relative, warnings } = taken(file())
    expect({ submitted, relative, warnings }).toEqual({ submitted: true, relative: false, warnings: [] })
    expect(form).toMatchObject({
      name: 'n',
      programme: 'grb',
      targetType: 'star',
      sequences: [
        {
          name: 's',
          durationS: 300,
          target: { raDeg: 83.633, decDeg: 22.014 },
          albums: [
            { name: 'a', detector: 'visible', plans: [{ name: 'p', filter: 'r', exposureS: 60, images: 3 }] },
          ],
        },
      ],
    })
  })

  it('P26 has Julian dates, or seconds from its submission where it is relative', () => {
    expect(taken(file()).form.sequences[0]?.windows).toEqual([
      { from: '2026-11-21T00:00:00.000Z', until: '2026-11-21T12:00:00.000Z' },
    ])
    const { relative, form } = taken(
      file({ request: 'relative="1"', sequence: 'duration="300" jd1="15" jd2="60000" target_coords="1 2"' }),
    )
    expect(relative).toBe(true)
    expect(form.sequences[0]?.windows).toEqual([
      { from: '2026-11-21T04:00:15.000Z', until: '2026-11-21T20:40:00.000Z' },
    ])
  })

  it('P27 P28 of the real file is taken, with its four oddities named', () => {
    const { form, submitted, warnings } = taken(pyros)
    expect(submitted).toBe(true)
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ['COORDS_FORMAT', '/request/sequence[1]/@target_coords'],
      ['FILTER_DETECTOR_MISMATCH', '/request/sequence[1]/album[1]/@detector'],
      ['NAME_DURATION_MISMATCH', '/request/sequence[1]/@duration'],
      ['PLAN_EXCEEDS_SEQUENCE', '/request/sequence[1]/@duration'],
    ])
    expect(form.sequences[0]).toMatchObject({
      target: null,
      durationS: 50,
      albums: [{ detector: 'infrared', plans: [{ filter: 'J', exposureS: 10, images: 5 }] }],
    })
  })

  it('P28 of the real file is refused where strictness is asked for, each oddity with its line', () =>
    expect(faults(pyros, true)).toEqual([
      expect.stringContaining('COORDS_FORMAT /request/sequence[1]/@target_coords line 3: "10" is no place'),
      expect.stringContaining('FILTER_DETECTOR_MISMATCH /request/sequence[1]/album[1]/@detector line 4: '),
      expect.stringContaining(
        'NAME_DURATION_MISMATCH /request/sequence[1]/@duration line 3: its name says 200 s',
      ),
      expect.stringContaining(
        'PLAN_EXCEEDS_SEQUENCE /request/sequence[1]/@duration line 3: its exposures take 50 s',
      ),
    ]))

  it.each([
    ['05:34:31.9 +22:00:52', 83.6329, 22.0144],
    ['05 34 31.9 +22 00 52', 83.6329, 22.0144],
    ['83.6329, 22.0144', 83.6329, 22.0144],
  ])('reads coordinates written as %s', (coords, raDeg, decDeg) => {
    const { form } = taken(file({ sequence: `duration="300" target_coords="${coords}"` }))
    expect(form.sequences[0]?.target?.raDeg).toBeCloseTo(raDeg, 3)
    expect(form.sequences[0]?.target?.decDeg).toBeCloseTo(decDeg, 3)
  })

  it.each([
    [
      { request: 'colour="red"' },
      'UNKNOWN_ATTRIBUTE /request/@colour line 2: request has no attribute colour',
    ],
    [
      { inside: `${plan}<lens/>` },
      'UNKNOWN_ELEMENT /request/sequence[1]/album[1]/lens line 5: album contains no lens',
    ],
    [{ inside: `${plan}hello` }, 'UNEXPECTED_TEXT /request/sequence[1]/album[1] line 4'],
    [{ inside: '' }, 'ELEMENT_MISSING /request/sequence[1]/album[1] line 4: album needs at least one plan'],
    [{ request: 'relative="yes"' }, 'NOT_A_FLAG /request/@relative line 2: "yes" is neither "0" nor "1"'],
    [
      { sequence: 'duration="ten"' },
      'NOT_A_NUMBER /request/sequence[1]/@duration line 3: "ten" is no number',
    ],
    [
      { sequence: '' },
      'ATTRIBUTE_MISSING /request/sequence[1]/@duration line 3: sequence needs an attribute duration',
    ],
    [
      { sequence: 'duration="1" jd1="15"' },
      'TIME_OUT_OF_RANGE /request/sequence[1]/@jd1 line 3: 15 is not a Julian date',
    ],
    [
      { sequence: 'duration="1" jd1="2461366" jd2="2461365"' },
      'WINDOW_REVERSED /request/sequence[1]/@jd2 line 3',
    ],
    [
      { album: 'detector="Camera 7"' },
      'DETECTOR_UNKNOWN /request/sequence[1]/album[1]/@detector line 4: there is no Camera 7',
    ],
    [
      { inside: '<plan duration="-1" filter="r" nb_images="1"/>' },
      'INVALID_VALUE /request/sequence[1]/album[1]/plan[1]/@duration line 5: an exposure is a positive',
    ],
    [
      { inside: '<plan duration="1" filter="r" nb_images="1.5"/>' },
      'INVALID_VALUE /request/sequence[1]/album[1]/plan[1]/@nb_images line 5',
    ],
  ])('names what is wrong with its line: %j', (changed, message) =>
    expect(faults(file(changed)).join('\n')).toContain(message),
  )

  it.each([
    ['doctype_refused', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><request/>'],
    ['doctype_refused', '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><request name="&b;"/>'],
    ['not_well_formed', '<request name="&unheard;"/>'],
    ['not_well_formed', '<request>'],
    ['not_well_formed', ''],
    ['not_utf8', '<?xml version="1.0" encoding="latin1"?><request/>'],
    ['not_utf8', Uint8Array.of(0xff, 0xfe, 0x3c, 0x00)],
    ['too_large', `<request>${' '.repeat(256 * 1024)}</request>`],
    ['too_deep', '<a>'.repeat(100) + '</a>'.repeat(100)],
  ])('P30 is refused as %s: %#', (code, text) => expect(refusal(text)).toBe(code))

  it('is taken, refused or faulted with paths, never anything else', () => {
    const word = fc.constantFrom(
      '0',
      '1',
      '-5',
      '1e300',
      'NaN',
      '',
      ' ',
      '10',
      '2461365.5',
      '99 99',
      'r',
      'VIS',
      '(7 s)',
    )
    const attribute = fc.constantFrom(
      'submitted',
      'relative',
      'name',
      'scientific_program',
      'duration',
      'jd1',
      'jd2',
      'target_coords',
      'detector',
      'filter',
      'nb_images',
      'odd',
    )
    const attributes = fc.dictionary(attribute, word).map((all) =>
      Object.entries(all)
        .map(([key, value]) => ` ${key}="${value}"`)
        .join(''),
    )
    const element = (name: string, inside: fc.Arbitrary<string>) =>
      fc.tuple(attributes, inside).map(([given, text]) => `<${name}${given}>${text}</${name}>`)
    const some = (inside: fc.Arbitrary<string>) =>
      fc.array(inside, { maxLength: 2 }).map((all) => all.join(''))
    const text = element(
      'request',
      some(element('sequence', some(element('album', some(element('plan', fc.constant(''))))))),
    )
    fc.assert(
      fc.property(text, (xml) => {
        const request = read(xml)
        return (
          'form' in request ||
          request.faults.every(
            ({ path, message }) => path.startsWith('/request') && /^line \d+: ./.test(message),
          )
        )
      }),
    )
  })

  it('of any bytes is refused or faulted, never anything else', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => new TextEncoder().encode(`<request ${text}/>`)),
        ),
        (bytes) => {
          try {
            read(bytes)
          } catch (error) {
            if (!(error instanceof XmlRefused)) throw error
          }
        },
      ),
    ))
})
