import type { XmlElement } from 'libxml2-wasm'
import type { SentPlace, VoEvent } from '#domain/alerts/missions/voevent.ts'
import { type Citation, type NoticeFlag, type Param, roleSchema } from '#domain/alerts/notice.ts'
import { attributeOf, childrenOf, elementAt, textAt } from './parse-xml.ts'
import { Unreadable } from './quarantine.ts'

const refused = (reason: 'not-a-notice' | 'no-name' | 'unknown-role', detail: string): Unreadable =>
  new Unreadable(reason, detail, 'voevent')

const ivornOf = (root: XmlElement): string => {
  const ivorn = attributeOf(root, 'ivorn')?.trim() ?? ''
  if (!/^ivo:\/\/[^#\s]+#[^\s]+$/i.test(ivorn))
    throw refused('no-name', `ivorn ${JSON.stringify(ivorn)}: needs ivo://authority/stream#local`)
  return ivorn
}

const roleOf = (root: XmlElement): VoEvent['role'] => {
  const written = attributeOf(root, 'role')
  const role = roleSchema.safeParse(written ?? 'observation')
  if (!role.success) throw refused('unknown-role', `role ${JSON.stringify(written)} is none of VOEvent's`)
  return role.data
}

const paramFrom = (element: XmlElement, group: string | null): Param => ({
  group,
  name: attributeOf(element, 'name') ?? '',
  // The attribute wins over a child Value.
  value: attributeOf(element, 'value') ?? textAt(element, 'Value'),
  unit: attributeOf(element, 'unit'),
  ucd: attributeOf(element, 'ucd'),
})

const paramsOf = (root: XmlElement): Param[] => {
  const what = elementAt(root, 'What')
  if (!what) return []
  return childrenOf(what).flatMap((element) => {
    if (element.name === 'Param') return [paramFrom(element, null)]
    if (element.name !== 'Group') return []
    const group = attributeOf(element, 'name') ?? attributeOf(element, 'type') ?? ''
    return childrenOf(element, 'Param').map((param) => paramFrom(param, group))
  })
}

const placeFrom = (data: XmlElement): SentPlace | null => {
  const coords = elementAt(data, 'ObservationLocation', 'AstroCoords')
  if (!coords) return null
  const place = elementAt(coords, 'Position2D')
  return {
    unit: place && attributeOf(place, 'unit'),
    ra: place && textAt(place, 'Value2', 'C1'),
    dec: place && textAt(place, 'Value2', 'C2'),
    radius: place && textAt(place, 'Error2Radius'),
    time: textAt(coords, 'Time', 'TimeInstant', 'ISOTime'),
  }
}

const placesOf = (root: XmlElement): SentPlace[] => {
  const where = elementAt(root, 'WhereWhen')
  if (!where) return []
  return childrenOf(where, 'ObsDataLocation').flatMap((data) => placeFrom(data) ?? [])
}

const citationsOf = (root: XmlElement): Citation[] => {
  const citations = elementAt(root, 'Citations')
  if (!citations) return []
  return childrenOf(citations, 'EventIVORN').map((element) => ({
    name: element.content.trim(),
    cite: attributeOf(element, 'cite')?.trim().toLowerCase() ?? '',
  }))
}

const repeated = (params: readonly Param[]): NoticeFlag[] => {
  const seen = new Set<string>()
  return params.flatMap(({ group, name }) => {
    const path = `What.${group === null ? '' : `${group}.`}${name}`
    if (!seen.has(path)) {
      seen.add(path)
      return []
    }
    return { code: 'param_repeated', path, detail: 'sent more than once; the first counts' }
  })
}

const namespaces: readonly string[] = [
  'http://www.ivoa.net/xml/VOEvent/v2.0',
  'http://www.ivoa.net/xml/VOEvent/v1.1',
]

const formOf = (root: XmlElement): NoticeFlag[] => {
  const namespace = root.namespaceUri || 'none'
  if (namespaces.includes(namespace)) return []
  return [{ code: 'namespace', path: 'VOEvent', detail: `namespace ${namespace}` }]
}

/** Reads a VOEvent of version 2.0 or 1.1, in whichever namespace it came; throws {@link Unreadable}. */
export const voEventFrom = (root: XmlElement): VoEvent => {
  if (root.name !== 'VOEvent') throw refused('not-a-notice', `the root is ${root.name}, not VOEvent`)
  const params = paramsOf(root)
  return {
    ivorn: ivornOf(root),
    role: roleOf(root),
    issued: textAt(root, 'Who', 'Date'),
    params,
    places: placesOf(root),
    citations: citationsOf(root),
    flags: [...formOf(root), ...repeated(params)],
  }
}
