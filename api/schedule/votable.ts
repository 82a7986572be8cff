import type { ScheduleEntry } from '#api/http/schedule-shapes.ts'
import { markup } from '#api/night/markup.ts'
import { epochMsOf, secondsBetween } from '#domain/shared/time.ts'
import type { Exported } from './exported.ts'

type Field = {
  readonly name: string
  readonly datatype: 'char' | 'double' | 'int'
  readonly unit?: string
  readonly ucd?: string
  readonly utype?: string
  /** Null where a plan does not say. */
  readonly value: (entry: ScheduleEntry, about: Exported) => string | number | null
}

const dayMs = 86_400_000
const unixEpochMjd = 40_587

const mjd = (instant: string): number => epochMsOf(instant) / dayMs + unixEpochMjd

const unsaid = () => null

/** 2 what will not be moved, 0 what can easily be, 1 the rest (ObsLocTAP, section 3.1). */
const priority = ({ kind, slackBeforeS, slackAfterS }: ScheduleEntry): number => {
  if (kind !== 'planned') return 2
  return slackBeforeS + slackAfterS > 0 ? 0 : 1
}

const char = 'Char.'

/** The columns of `ivoa.obsplan`, in the order of IVOA's ObsLocTAP 1.0. */
const fields: readonly Field[] = [
  { name: 't_planning', datatype: 'double', unit: 'd', value: (_, { publishedAt }) => mjd(publishedAt) },
  {
    name: 'target_name',
    datatype: 'char',
    ucd: 'meta.id;src',
    utype: 'Target.name',
    value: ({ name }) => name,
  },
  {
    name: 'obs_id',
    datatype: 'char',
    ucd: 'meta.id',
    utype: 'DataID.observationID',
    value: ({ sequenceId }) => sequenceId,
  },
  {
    name: 'obs_collection',
    datatype: 'char',
    ucd: 'meta.id',
    utype: 'DataID.collection',
    value: ({ requestId }) => requestId,
  },
  {
    name: 's_ra',
    datatype: 'double',
    unit: 'deg',
    ucd: 'pos.eq.ra',
    utype: `${char}SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1`,
    value: ({ raDeg }) => raDeg,
  },
  {
    name: 's_dec',
    datatype: 'double',
    unit: 'deg',
    ucd: 'pos.eq.dec',
    utype: `${char}SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C2`,
    value: ({ decDeg }) => decDeg,
  },
  {
    name: 's_fov',
    datatype: 'double',
    unit: 'deg',
    ucd: 'phys.angSize;instr.fov',
    utype: `${char}SpatialAxis.Coverage.Bounds.Extent.diameter`,
    value: unsaid,
  },
  {
    name: 's_region',
    datatype: 'char',
    ucd: 'pos.outline;obs.field',
    utype: `${char}SpatialAxis.Coverage.Support.Area`,
    value: unsaid,
  },
  {
    name: 's_resolution',
    datatype: 'double',
    unit: 'arcsec',
    ucd: 'pos.angResolution',
    utype: `${char}SpatialAxis.Resolution.Refval.value`,
    value: unsaid,
  },
  {
    name: 't_min',
    datatype: 'double',
    unit: 'd',
    ucd: 'time.start;obs.exposure',
    utype: `${char}TimeAxis.Coverage.Bounds.Limits.StartTime`,
    value: ({ startsAt }) => mjd(startsAt),
  },
  {
    name: 't_max',
    datatype: 'double',
    unit: 'd',
    ucd: 'time.end;obs.exposure',
    utype: `${char}TimeAxis.Coverage.Bounds.Limits.StopTime`,
    value: ({ endsAt }) => mjd(endsAt),
  },
  {
    name: 't_exptime',
    datatype: 'double',
    unit: 's',
    ucd: 'time.duration;obs.exposure',
    utype: `${char}TimeAxis.Coverage.Support.Extent`,
    value: unsaid,
  },
  {
    name: 't_resolution',
    datatype: 'double',
    unit: 's',
    ucd: 'time.resolution',
    utype: `${char}TimeAxis.Resolution.Refval.value`,
    value: unsaid,
  },
  {
    name: 'em_min',
    datatype: 'double',
    unit: 'm',
    ucd: 'em.wl;stat.min',
    utype: `${char}SpectralAxis.Coverage.Bounds.Limits.LoLimit`,
    value: unsaid,
  },
  {
    name: 'em_max',
    datatype: 'double',
    unit: 'm',
    ucd: 'em.wl;stat.max',
    utype: `${char}SpectralAxis.Coverage.Bounds.Limits.HiLimit`,
    value: unsaid,
  },
  {
    name: 'em_res_power',
    datatype: 'double',
    ucd: 'spect.resolution',
    utype: `${char}SpectralAxis.Resolution.ResolPower.refVal`,
    value: unsaid,
  },
  {
    name: 'o_ucd',
    datatype: 'char',
    ucd: 'meta.ucd',
    utype: `${char}ObservableAxis.ucd`,
    value: () => 'phot.count',
  },
  {
    name: 'pol_states',
    datatype: 'char',
    ucd: 'meta.code;phys.polarization',
    utype: `${char}PolarizationAxis.stateList`,
    value: unsaid,
  },
  {
    name: 'pol_xel',
    datatype: 'int',
    ucd: 'meta.number',
    utype: `${char}PolarizationAxis.numBins`,
    value: unsaid,
  },
  {
    name: 'facility_name',
    datatype: 'char',
    ucd: 'meta.id;instr.tel',
    utype: 'Provenance.ObsConfig.Facility.name',
    value: (_, { facility }) => facility,
  },
  {
    name: 'instrument_name',
    datatype: 'char',
    ucd: 'meta.id;instr',
    utype: 'Provenance.ObsConfig.Instrument.name',
    value: unsaid,
  },
  {
    name: 't_plan_exptime',
    datatype: 'double',
    unit: 's',
    ucd: 'time.duration;obs.exposure',
    utype: `${char}TimeAxis.Coverage.Support.Extent`,
    value: ({ startsAt, endsAt }) => secondsBetween(startsAt, endsAt),
  },
  { name: 'category', datatype: 'char', value: ({ kind }) => (kind === 'planned' ? 'Other' : 'Fixed') },
  { name: 'priority', datatype: 'int', value: priority },
  { name: 'execution_status', datatype: 'char', value: () => 'Scheduled' },
  { name: 'tracking_type', datatype: 'char', value: () => 'Sidereal' },
]

// XML has no way to write them at all.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const cell = (value: string | number | null) =>
  markup`<TD>${typeof value === 'string' ? value.replace(unwritable, '\ufffd') : value}</TD>`

const attribute = (name: string, value: string | undefined) =>
  value === undefined ? '' : markup` ${name}="${value}"`

const fieldTag = ({ name, datatype, unit, ucd, utype }: Field) =>
  markup`<FIELD name="${name}" datatype="${datatype}"${datatype === 'char' ? markup` arraysize="*"` : ''}${attribute('unit', unit)}${attribute('ucd', ucd)}${attribute('utype', utype)}/>\n`

/** The schedule as a VOTable with the columns of IVOA's ObsLocTAP 1.0. */
export const scheduleVotable = (about: Exported): string =>
  markup`<?xml version="1.0" encoding="UTF-8"?>
<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE type="results">
<TABLE name="ivoa.obsplan" utype="ivo://ivoa.net/std/ObsLocTAP#table-1.0">
<DESCRIPTION>${about.facility}, night of ${about.night}, version ${about.version} of its plan</DESCRIPTION>
${fields.map(fieldTag)}<DATA><TABLEDATA>
${about.entries.map((entry) => markup`<TR>${fields.map(({ value }) => cell(value(entry, about)))}</TR>\n`)}</TABLEDATA></DATA>
</TABLE>
</RESOURCE>
</VOTABLE>
`.text
