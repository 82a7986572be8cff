import { instantOf } from '#domain/shared/time.ts'
import { xmlEscaped } from '#domain/shared/xml-text.ts'

export const noticeKinds = [
  'swift-bat',
  'swift-xrt',
  'swift-test',
  'swift-pointing',
  'fermi-gbm',
  'svom-eclairs',
  'svom-retraction',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export type SimulatedNotice = {
  readonly kind: NoticeKind
  /** What the mission calls the trigger. */
  readonly trigger: string
  /** J2000, degrees. */
  readonly raDeg: number
  readonly decDeg: number
  readonly errorRadiusDeg: number
  /** When the burst was and when the notice is written. */
  readonly eventAt: number
  readonly issuedAt: number
  /** Tells notices of one trigger and kind apart. */
  readonly serial: number
}

type Template = {
  readonly stream: string
  readonly author: string
  readonly packetType: number
  readonly role: 'observation' | 'test' | 'utility'
  readonly frame: 'UTC-FK5-GEO' | 'UTC-ICRS-GEO'
  readonly localName: (notice: SimulatedNotice) => string
  readonly params: (notice: SimulatedNotice) => Readonly<Record<string, string>>
  readonly cites?: (notice: SimulatedNotice) => { readonly cite: string; readonly ivorn: string }
}

const swift = (name: string, packetType: number, role: Template['role'] = 'observation'): Template => ({
  stream: 'ivo://nasa.gsfc.gcn/SWIFT',
  author: 'ivo://nasa.gsfc.tan/gcn',
  packetType,
  role,
  frame: 'UTC-FK5-GEO',
  localName: ({ trigger, serial }) => `${name}_${trigger}-${serial}`,
  params: ({ trigger, serial }) => ({ TrigID: trigger, Pkt_Ser_Num: `${serial}` }),
})

const batPositionOf = ({ trigger }: SimulatedNotice) => `ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_${trigger}-1`

const svom = (name: string, packetType: number): Template => ({
  stream: 'ivo://org.svom/fsc',
  author: 'ivo://org.svom/fsc',
  packetType,
  role: 'observation',
  frame: 'UTC-ICRS-GEO',
  localName: ({ trigger }) => `${trigger}_${name}`,
  params: ({ trigger }) => ({ Burst_Id: trigger, Notice_Level: 'N1e' }),
})

const templates: Readonly<Record<NoticeKind, Template>> = {
  'swift-bat': swift('BAT_GRB_Pos', 61),
  'swift-xrt': {
    ...swift('XRT_Pos', 67),
    cites: (notice) => ({ cite: 'followup', ivorn: batPositionOf(notice) }),
  },
  'swift-test': swift('BAT_TEST_Pos', 82, 'test'),
  'swift-pointing': swift('Point_Dir', 83, 'utility'),
  'fermi-gbm': {
    ...swift('GBM_Gnd_Pos', 112),
    stream: 'ivo://nasa.gsfc.gcn/Fermi',
  },
  'svom-eclairs': svom('eclairs-wakeup', 202),
  'svom-retraction': {
    ...svom('retraction', 219),
    cites: ({ trigger }) => ({ cite: 'retraction', ivorn: `ivo://org.svom/fsc#${trigger}_eclairs-wakeup` }),
  },
}

/** UTC to the second and without a zone, as missions write it. */
const plainTime = (epochMs: number) => instantOf(epochMs).slice(0, 19)

export const ivornOf = (notice: SimulatedNotice): string => {
  const { stream, localName } = templates[notice.kind]
  return `${stream}#${localName(notice)}`
}

const citationOf = (template: Template, notice: SimulatedNotice): string => {
  if (!template.cites) return ''
  const { cite, ivorn } = template.cites(notice)
  return `  <Citations><EventIVORN cite="${cite}">${xmlEscaped(ivorn)}</EventIVORN></Citations>\n`
}

/** A notice as VOEvent 2.0 XML: our own words in the form that the missions' notices have. */
export const noticeXml = (notice: SimulatedNotice): string => {
  const template = templates[notice.kind]
  const params = { Packet_Type: `${template.packetType}`, ...template.params(notice) }
  const listed = Object.entries(params).map(
    ([name, value]) => `    <Param name="${name}" value="${xmlEscaped(value)}"/>\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0" role="${template.role}" ivorn="${xmlEscaped(ivornOf(notice))}">
  <Who>
    <AuthorIVORN>${template.author}</AuthorIVORN>
    <Date>${plainTime(notice.issuedAt)}</Date>
    <Author><shortName>Noctuary alert simulator</shortName></Author>
  </Who>
  <What>
${listed.join('')}  </What>
  <WhereWhen>
    <ObsDataLocation>
      <ObservatoryLocation id="GEOLUN"/>
      <ObservationLocation>
        <AstroCoordSystem id="${template.frame}"/>
        <AstroCoords coord_system_id="${template.frame}">
          <Time unit="s"><TimeInstant><ISOTime>${plainTime(notice.eventAt)}</ISOTime></TimeInstant></Time>
          <Position2D unit="deg">
            <Name1>RA</Name1><Name2>Dec</Name2>
            <Value2><C1>${notice.raDeg}</C1><C2>${notice.decDeg}</C2></Value2>
            <Error2Radius>${notice.errorRadiusDeg}</Error2Radius>
          </Position2D>
        </AstroCoords>
      </ObservationLocation>
    </ObsDataLocation>
  </WhereWhen>
${citationOf(template, notice)}</voe:VOEvent>
`
}
