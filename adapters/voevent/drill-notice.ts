import type { Instant } from '#domain/shared/time.ts'

/** A fake alert, as one would come over the wire. */
export type DrillNotice = {
  /** Letters, digits and dashes. */
  readonly id: string
  readonly raDeg: number
  readonly decDeg: number
  /** 90 %. */
  readonly errorDeg: number
  readonly eventAt: Instant
  readonly issuedAt: Instant
}

/** A VOEvent that says of itself, in every way there is, that it is a test. */
export const drillNotice = ({ id, raDeg, decDeg, errorDeg, eventAt, issuedAt }: DrillNotice): Uint8Array =>
  new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>
<voe:VOEvent ivorn="ivo://noctuary/drill#${id}" role="test" version="2.0" xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0">
  <Who><AuthorIVORN>ivo://noctuary/drill</AuthorIVORN><Date>${issuedAt}</Date></Who>
  <What>
    <Param name="Packet_Type" value="2"/>
    <Param name="TrigID" value="${id}"/>
    <Group name="Trigger_ID"><Param name="Test" value="true"/></Group>
  </What>
  <WhereWhen><ObsDataLocation><ObservatoryLocation id="GEOLUN"/><ObservationLocation>
    <AstroCoordSystem id="UTC-ICRS-GEO"/>
    <AstroCoords coord_system_id="UTC-ICRS-GEO">
      <Time unit="s"><TimeInstant><ISOTime>${eventAt}</ISOTime></TimeInstant></Time>
      <Position2D unit="deg"><Name1>RA</Name1><Name2>Dec</Name2><Value2><C1>${raDeg}</C1><C2>${decDeg}</C2></Value2><Error2Radius>${errorDeg}</Error2Radius></Position2D>
    </AstroCoords>
  </ObservationLocation></ObsDataLocation></WhereWhen>
</voe:VOEvent>
`)
