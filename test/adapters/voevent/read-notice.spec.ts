import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readNotice } from '#adapters/read-notice.ts'
import type { Notice, QuarantineReason } from '#domain/alerts/notice.ts'
import { folderSource, noticeBytes, noticeFiles, noticeNamed } from '#test/support/notices.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (raw: Uint8Array | string) =>
  readNotice(typeof raw === 'string' ? bytes(raw) : raw, folderSource('a'))
const reasonOf = (raw: Uint8Array | string): string => {
  const reading = read(raw)
  return reading.outcome === 'quarantined' ? reading.reason : 'read'
}

type Row = [
  file: string,
  mission: string,
  triggerId: string,
  type: string,
  kind: Notice['kind'],
  r90Deg: number | 'no place' | 'no radius',
  tests: number,
]

const own: Row[] = [
  ['swift-bat.xml', 'swift', '1300001', 'SWIFT_BAT_GRB_POS_ACK', 'detection', 0.05, 0],
  ['swift-xrt.xml', 'swift', '1300001', 'SWIFT_XRT_POSITION', 'detection', 0.0012, 0],
  ['swift-slew.xml', 'swift', '1300001', 'SWIFT_SC_SLEW', 'accompanying', 'no radius', 0],
  ['swift-not-a-burst.xml', 'swift', '1300001', 'SWIFT_BAT_GRB_POS_ACK', 'retraction', 0.05, 0],
  ['swift-test.xml', 'swift', '99999', 'SWIFT_BAT_GRB_POS_TEST', 'detection', 0.05, 3],
  ['swift-pointing.xml', 'swift', '33001', 'SWIFT_ACTUAL_POINTDIR', 'not-a-target', 'no radius', 0],
  ['swift-xrt-v1.1.xml', 'swift', '1300002', 'SWIFT_XRT_POSITION', 'detection', 0.001, 0],
  ['swift-no-namespace.xml', 'swift', '1300003v2', 'SWIFT_BAT_GRB_POS_ACK', 'detection', 0.05, 0],
  ['fermi-gbm-alert.xml', 'fermi-gbm', '816000001', 'FERMI_GBM_ALERT', 'detection', 'no place', 0],
  ['fermi-gbm-flight.xml', 'fermi-gbm', '816000001', 'FERMI_GBM_FLT_POS', 'detection', 20.116, 0],
  ['fermi-gbm-ground.xml', 'fermi-gbm', '816000001', 'FERMI_GBM_GND_POS', 'detection', 10.672, 0],
  ['fermi-gbm-final.xml', 'fermi-gbm', '816000001', 'FERMI_GBM_FIN_POS', 'detection', 9.099, 0],
  ['lvk-preliminary.xml', 'lvk', 'S261121ab', 'LVC_PRELIMINARY', 'detection', 'no place', 0],
  ['lvk-retraction.xml', 'lvk', 'S261121ab', 'LVC_RETRACTION', 'retraction', 'no place', 0],
  ['lvk-update-after.xml', 'lvk', 'S261121ab', 'LVC_UPDATE', 'detection', 'no place', 0],
  ['lvk-mock.xml', 'lvk', 'MS261121c', 'LVC_PRELIMINARY', 'detection', 'no place', 3],
  ['icecube-gold-rev0.xml', 'icecube', '141000_123456', 'ICECUBE_ASTROTRACK_GOLD', 'detection', 0.776, 0],
  ['icecube-gold-rev1.xml', 'icecube', '141000_123456', 'ICECUBE_ASTROTRACK_GOLD', 'detection', 0.922, 0],
  ['svom-grm.xml', 'svom', 'sb26112101', 'SVOM_GRM_TRIGGER', 'detection', 'no radius', 0],
  ['svom-eclairs.xml', 'svom', 'sb26112101', 'SVOM_ECLAIRS_WAKEUP', 'detection', 0.11, 0],
  ['svom-mxt.xml', 'svom', 'sb26112101', 'SVOM_MXT_INITIAL', 'detection', 0.03, 0],
  ['svom-retraction.xml', 'svom', 'sb26112101', 'SVOM_RETRACTION', 'retraction', 0.11, 0],
  ['ep-wxt.json', 'ep', '01709400001', 'gcn.notices.einstein_probe.wxt.alert', 'detection', 0.06, 0],
  [
    'gcn-unified-update.json',
    'gcn.notices.chime.frb',
    'frb-4711',
    'gcn.notices.chime.frb',
    'detection',
    0.569,
    0,
  ],
  ['igwn-initial.json', 'lvk', 'S261121ab', 'LVC_INITIAL', 'detection', 'no place', 0],
  ['igwn-retraction.json', 'lvk', 'S261121ab', 'LVC_RETRACTION', 'retraction', 'no place', 0],
  ['unlisted-author.xml', 'ivo.org.example.private.stream', '1300001', 'type 61', 'detection', 0.0711, 0],
]

const r90Of = ({ place }: Notice): number | string =>
  place === null ? 'no place' : (place.error?.r90Deg ?? 'no radius')

describe('notices as they are read', () => {
  it.each(own)('%s is of %s %s', (file, mission, triggerId, type, kind, r90Deg, tests) => {
    const notice = noticeNamed(file)
    expect(notice).toMatchObject({ mission, triggerId, noticeType: { name: type }, kind })
    expect(notice.testSigns).toHaveLength(tests)
    if (typeof r90Deg === 'number') expect(r90Of(notice)).toBeCloseTo(r90Deg, 3)
    else expect(r90Of(notice)).toBe(r90Deg)
  })

  it('every notice of ours is in the table', () => {
    expect(noticeFiles()).toEqual(own.map(([file]) => file).sort())
  })

  it('a time without a zone is UTC, and one with an offset is converted', () => {
    expect(noticeNamed('swift-bat.xml').eventAt).toBe('2026-11-21T04:00:12.340Z')
    expect(noticeNamed('svom-grm.xml').issuedAt).toBe('2026-11-21T08:00:20.000Z')
  })

  it("IceCube's false-alarm rate per year becomes one per second", () => {
    expect(noticeNamed('icecube-gold-rev0.xml').falseAlarmRateHz).toBeCloseTo(0.9 / (365.25 * 86_400), 15)
  })

  it('a topic with "test" in its name is a sign of a test', () => {
    const source = {
      kind: 'kafka',
      broker: 'b:9092',
      topic: 'gcn.test.x',
      partition: 0,
      offset: '7',
    } as const
    const reading = readNotice(noticeBytes('swift-bat.xml'), source)
    expect(reading.outcome === 'read' && reading.notice.testSigns).toEqual(['topic gcn.test.x'])
  })
})

const baseline = new TextDecoder().decode(noticeBytes('unlisted-author.xml'))
const changed = (from: string, to: string): Notice => {
  expect(baseline).toContain(from)
  const reading = read(baseline.replace(from, to))
  if (reading.outcome !== 'read') throw new Error(reading.detail)
  return reading.notice
}
const flagsOf = (notice: Notice) => notice.flags.map(({ code }) => code)

describe('hostile bytes', () => {
  const manyElements = `<VOEvent ivorn="ivo://a/b#c"><What>${'<Param name="x" value="1"/>'.repeat(20_000)}</What></VOEvent>`
  const deep = `${'<a>'.repeat(400)}${'</a>'.repeat(400)}`
  it.each<[string, Uint8Array | string, QuarantineReason]>([
    ['no bytes', '', 'empty'],
    ['blanks', ' \n', 'empty'],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 'not-utf8'],
    ['Latin-1', new Uint8Array([0x3c, 0x61, 0xe9, 0x3e]), 'not-utf8'],
    ['UTF-16', new Uint8Array(Buffer.from(baseline, 'utf16le')), 'not-utf8'],
    [
      'an encoding that is declared and used',
      `<?xml version="1.0" encoding="ISO-8859-1"?><VOEvent ivorn="ivo://a/b#c"><d>é</d></VOEvent>`,
      'not-utf8',
    ],
    [
      'an external entity',
      '<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]><VOEvent ivorn="ivo://a/b#c">&x;</VOEvent>',
      'doctype',
    ],
    ['a document cut short', baseline.slice(0, 400), 'not-well-formed'],
    ['a prefix nobody declared', '<v:VOEvent ivorn="ivo://a/b#c" xsi:x="1"/>', 'not-well-formed'],
    ['a tower of elements', deep, 'too-deep'],
    ['a sea of elements', manyElements, 'too-many-elements'],
    ['more than a notice ever has', `<VOEvent>${' '.repeat(1_100_000)}</VOEvent>`, 'too-large'],
    ['words', 'ERROR: topic authorization failed', 'not-a-notice'],
    ['another document', '<html><body/></html>', 'not-a-notice'],
    ['a list', '[1,2]', 'not-a-notice'],
    ['half a JSON object', '{"$schema":', 'not-well-formed'],
    ['JSON of nobody', '{"hello":"world"}', 'not-a-notice'],
    ['an ivorn without its local part', '<VOEvent ivorn="ivo://a/b"/>', 'no-name'],
    ['a role nobody knows', '<VOEvent ivorn="ivo://a/b#c" role="observe"/>', 'unknown-role'],
  ])('%s is set aside', (_, raw, reason) => {
    expect(reasonOf(raw)).toBe(reason)
  })

  it('a byte order mark is taken off', () => {
    expect(reasonOf(`\uFEFF${baseline}`)).toBe('read')
  })

  it('an absent role is an observation', () => {
    expect(changed(' role="observation"', '').role).toBe('observation')
  })

  it('any sign of a test wins over the role', () => {
    const flag = '<Param name="Test_Submission" value="true"/></What>'
    expect(changed('</What>', flag).testSigns).toEqual(['Test_Submission=true'])
  })

  it.each([
    ['-10.0', '-95.0', 'position_out_of_range'],
    ['200.0', '12h34m56s', 'position_not_a_number'],
    ['200.0', '', 'position_not_a_number'],
    ['unit="deg"', 'unit="h deg"', 'position_unit'],
  ])('%s turned into %s is no place', (from, to, flag) => {
    const notice = changed(from, to)
    expect(notice.place).toBeNull()
    expect(flagsOf(notice)).toContain(flag)
  })

  it.each(['-1.0000', '0.0000', '0,05'])('a radius of %s is a place whose error nobody told', (radius) => {
    const notice = changed('0.0500', radius)
    expect(notice.place).toEqual({ raDeg: 200, decDeg: -10, error: null })
  })

  it('a time in the far future is flagged', () => {
    expect(flagsOf(changed('<ISOTime>2026', '<ISOTime>2099'))).toContain('time_in_future')
  })

  it('of Params with one name the first counts, and all are kept', () => {
    const more = '<Param name="TrigID" value="2"/></What>'
    const notice = changed('</What>', more)
    expect(notice.triggerId).toBe('1300001')
    expect(notice.params.filter(({ name }) => name === 'TrigID')).toHaveLength(2)
    expect(flagsOf(notice)).toContain('param_repeated')
  })

  it('an id that looks like a number stays a text', () => {
    expect(changed('value="1300001"', 'value="007.10e3"').triggerId).toBe('007.10e3')
  })

  it('what no database takes is taken out of JSON', () => {
    const schema = 'https://gcn.nasa.gov/schema/v1/gcn/notices/x/y.schema.json'
    const reading = read(`{"$schema":"${schema}","id":"a\\u0000b\\ud800"}`)
    expect(reading.outcome === 'read' && reading.notice.triggerId).toBe('a\uFFFDb\uFFFD')
  })
})

// Real and hostile notices of others lie beside the repository where they are there at all.
const beside = path.resolve(import.meta.dirname, '../../../../shared/fixtures')
const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
        .map((entry) => path.join(entry.parentPath, entry.name))
    : []

const shortOf = (file: string): string => {
  const reading = readNotice(readFileSync(file), folderSource(file))
  if (reading.outcome === 'quarantined') return reading.reason
  const { mission, triggerId, noticeType, kind, testSigns } = reading.notice
  const r90 = r90Of(reading.notice)
  const place = typeof r90 === 'number' ? Number(r90.toPrecision(3)) : r90
  return [mission, triggerId, noticeType.name, kind, place, ...(testSigns.length > 0 ? ['test'] : [])].join(
    ' ',
  )
}

const realNotices: Record<string, string> = {
  'AMON_151115.xml': 'icecube 2147483647 ICECUBE_HESE detection 1.02',
  'ASASSN#2016-09-25.47_2016fvf_PTSS-16nqb_PS16ejf.xml':
    'ivo.voevent.4pisky.org.asassn 2016-09-25.47_2016fvf_PTSS-16nqb_PS16ejf voevent.4pisky.org/ASASSN detection 0.00632',
  'Antares_1439919723.xml':
    'ivo.nasa.gsfc.gcn.antares.alert 1439919723 nasa.gsfc.gcn/Antares_Alert detection 0.533',
  'EP240508.json': 'ep 2024-05-08T07:38:01.151Z gcn.notices.einstein_probe.wxt.alert detection 0.0509',
  'GW190814.xml': 'lvk S190814bv LVC_UPDATE detection no place',
  'Gaia16aac.xml': 'ivo.gaia.cam.uk.alerts Gaia16aac gaia.cam.uk/alerts detection 0.0000284',
  'HESS_test_event.xml': 'unknown-role',
  'IceCube_134191_017593623_0.xml': 'icecube 134191_17593623 ICECUBE_ASTROTRACK_GOLD detection 0.942',
  'LVC_real_early_warning.xml': 'lvk S230518h LVC_EARLY_WARNING detection no place',
  'MAXI_HR1099_stupid_name.xml': 'maxi 5838849999 MAXI_KNOWN not-a-target 0.5',
  'MOA_Lensing_Event_2015-07-10T14_50_54.00.xml': 'moa 201500354 MOA detection no radius',
  'SWIFT_bat_position_v2.0_example.xml': 'swift 532871 SWIFT_BAT_GRB_POS_ACK detection 0.05',
  'SWIFT_xrt_position_v1.1_example.xml': 'swift 644259 SWIFT_XRT_POSITION detection 0.0009',
  'Swift_unknown_fail.xml': 'not-well-formed',
  'alert_247.json': 'ep 01709259773 gcn.notices.einstein_probe.wxt.alert detection 0.0517',
  'eclairs_296.xml': 'svom sb26021102 SVOM_ECLAIRS_WAKEUP detection 0.106',
  'eclairs_297.xml': 'svom sb26021102 SVOM_NOT_SLEWING detection 0.0947',
  'eclairs_300.xml': 'svom sb26022501 SVOM_SLEWING detection 0.0854',
  'eclairs_304.xml': 'svom sb26030408 SVOM_RETRACTION retraction 0.151',
  'fermi_gbm_alert_3785.xml': 'fermi-gbm 792135758 FERMI_GBM_ALERT detection no place',
  'fermi_gbm_fin_pos_982.xml': 'fermi-gbm 792135758 FERMI_GBM_FIN_POS detection 9.23',
  'fermi_gbm_flt_pos_8126.xml': 'fermi-gbm 792135758 FERMI_GBM_FLT_POS detection 21.7',
  'fermi_gbm_flt_pos_8127.xml': 'fermi-gbm 792135758 FERMI_GBM_FLT_POS detection 18.2',
  'fermi_gbm_gnd_pos_1701.xml': 'fermi-gbm 792135758 FERMI_GBM_GND_POS detection 12.2',
  'fermi_gbm_gnd_pos_1702.xml': 'fermi-gbm 792135758 FERMI_GBM_GND_POS detection 11',
  'fermi_gbm_gnd_pos_1703.xml': 'fermi-gbm 792135758 FERMI_GBM_GND_POS detection 10',
  'fermi_lat_pos_ini_0.xml': 'fermi-lat 793795104 FERMI_LAT_POS_INI detection 0.5',
  'fermi_lat_pos_upd_0.xml': 'fermi-lat 793795104 FERMI_LAT_POS_UPD detection 0.5',
  'grm_284.xml': 'svom sb26020401 SVOM_GRM_TRIGGER detection no place',
  'grm_286.xml': 'svom sb26020402 SVOM_RETRACTION retraction 0.0831',
  'grm_330.xml': 'svom sb26042101 SVOM_GRM_TRIGGER detection no radius',
  'group_04_04_COUNTERPART.xml': 'counterpart 1118357 GRB_CNTRPART detection 0.00256',
  'igwn_gwalert_preliminary.json': 'lvk MS260605l LVC_PRELIMINARY detection 1.57 test',
  'igwn_gwalert_retraction.json': 'lvk MS260605l LVC_RETRACTION retraction no place test',
  'mxt_40.xml': 'svom sb26022501 SVOM_MXT_INITIAL detection 0.0643',
  'mxt_42.xml': 'svom sb26022802 SVOM_MXT_UPDATE detection 0.034',
  'no_namespace_packet.xml':
    'ivo.com.dc3.dc3.broker BrokerTest-2014-02-24T15:55:27.72 com.dc3/dc3.broker detection no place test',
  'svom_voevent_sb25082402_eclairs-catalog.xml': 'svom sb25082402 SVOM_ECLAIRS_CATALOG not-a-target 0.0778',
}

const hostileNotices: Record<string, string> = {
  '00-baseline.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '01-truncated.xml': 'not-well-formed',
  '09-xxe-file.xml': 'doctype',
  '11-xxe-parameter-entity.xml': 'doctype',
  '13-quadratic-blowup.xml': 'doctype',
  '15-internal-entity-in-ivorn.xml': 'doctype',
  '17-no-namespace.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '19-voevent-v1.1.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '21-ivorn-path-traversal.xml': 'ivo.org.example.test.etc 9000001 type 61 detection 0.0711',
  '23-ivorn-no-local-id.xml': 'no-name',
  '25-role-unknown.xml': 'unknown-role',
  '27-role-observation-but-test-flag.xml':
    'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711 test',
  '29-latin1-declared.xml': 'not-utf8',
  '31-utf8-bom.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '37-negative-error-radius.xml': 'ivo.org.example.test.hostile 9000001 type 201 detection no radius',
  '39-dec-minus-95.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection no place',
  '41-position-not-a-number.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection no place',
  '43-position-missing.xml': 'ivo.org.example.test.hostile 9000001 type 201 detection no place',
  '45-position-in-hours-unit.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection no place',
  '47-time-far-future.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '48-dup-ivorn-a.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '48-dup-ivorn-b.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '49-dup-ivorn-whitespace-only.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '51-citation-cycle-a.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '51-citation-cycle-b.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '53-script-in-description.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '55-gzip.xml.gz': 'not-utf8',
  '57-unbound-prefix.xml': 'not-well-formed',
  '59-duplicate-param-names.xml': 'ivo.org.example.test.hostile 9000001 type 61 detection 0.0711',
  '61-numbers-as-strings.xml': 'ivo.org.example.test.hostile 007.10e3 type 61 detection 0.0711',
}

const tables: [string, Record<string, string>][] = [
  ['notices', realNotices],
  ['hostile', hostileNotices],
]

describe.each(tables)('%s beside the repository', (folder, expected) => {
  const files = filesUnder(path.join(beside, folder))
  it.runIf(files.length > 0).each(Object.entries(expected))('%s is %s', (name, verdict) => {
    const file = files.find((one) => path.basename(one) === name)
    expect(file && shortOf(file)).toBe(verdict)
  })
})
