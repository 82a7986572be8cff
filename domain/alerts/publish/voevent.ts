import type { Instant } from '#domain/shared/time.ts'
import { xmlEscaped } from '#domain/shared/xml-text.ts'

/** A packet of ours, as VOEvent 2.0 has it. */
export type VoEventPacket = {
  /** `ivo://authority/stream#local`; what stands before `#` is the author. */
  readonly ivorn: string
  readonly role: 'observation' | 'utility' | 'test'
  readonly issuedAt: Instant
  readonly author: string
  readonly params: readonly {
    readonly name: string
    readonly value: string
    readonly unit?: string
    readonly dataType?: 'string' | 'int' | 'float'
  }[]
  /** Where and when it was seen: J2000, degrees. */
  readonly seen: { readonly at: Instant; readonly raDeg: number; readonly decDeg: number } | null
  readonly description: string
  readonly citations: readonly {
    readonly cite: 'followup' | 'supersedes' | 'retraction'
    readonly ivorn: string
  }[]
}

/** UTC, without the zone that the format leaves out. */
const plainTime = (instant: Instant): string => instant.replace(/Z$/, '')

const attributes = (pairs: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(pairs)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlEscaped(value)}"`]))
    .join('')

const whereWhen = ({ seen }: VoEventPacket): string =>
  seen === null
    ? ''
    : `<WhereWhen><ObsDataLocation><ObservatoryLocation id="GEOSURFACE"/><ObservationLocation>
<AstroCoordSystem id="UTC-ICRS-TOPO"/><AstroCoords coord_system_id="UTC-ICRS-TOPO">
<Time><TimeInstant><ISOTime>${plainTime(seen.at)}</ISOTime></TimeInstant></Time>
<Position2D unit="deg"><Name1>RA</Name1><Name2>Dec</Name2><Value2><C1>${seen.raDeg}</C1><C2>${seen.decDeg}</C2></Value2></Position2D>
</AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen>
`

const citations = (packet: VoEventPacket): string =>
  packet.citations.length === 0
    ? ''
    : `<Citations>${packet.citations
        .map(({ cite, ivorn }) => `<EventIVORN cite="${cite}">${xmlEscaped(ivorn)}</EventIVORN>`)
        .join('')}</Citations>\n`

/** The packet as XML: only the root is in a namespace, as the schema has it, and children come in its order. */
export const voEventXml = (packet: VoEventPacket): string => `<?xml version="1.0" encoding="UTF-8"?>
<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0"${attributes({ role: packet.role, ivorn: packet.ivorn })}>
<Who><AuthorIVORN>${xmlEscaped(packet.ivorn.split('#')[0] ?? '')}</AuthorIVORN><Date>${plainTime(packet.issuedAt)}</Date><Author><shortName>${xmlEscaped(packet.author)}</shortName></Author></Who>
<What>${packet.params.map((param) => `<Param${attributes(param)}/>`).join('')}<Description>${xmlEscaped(packet.description)}</Description></What>
${whereWhen(packet)}${citations(packet)}</voe:VOEvent>
`
