import { createHash } from 'node:crypto'
import { eventHash, rootOf, type StoredEvent } from '#domain/night/hash-chain.ts'
import { isOf, isOfSeal } from '#domain/night/membership.ts'
import { NightHash, type Run } from '#domain/night/night-hash.ts'
import { canonicalJson } from '#domain/shared/canonical-json.ts'
import {
  ExportFormatUnknown,
  type ExportSource,
  ExportTampered,
  ExportTruncated,
  SignatureWrong,
} from './export-file.ts'
import {
  anyManifestSchema,
  formatVersion,
  lineSchema,
  type Manifest,
  manifestSchema,
  storedEventOf,
  type Trailer,
} from './export-format.ts'
import type { SignatureCheck } from './signing.ts'

export type CheckedExport = {
  readonly manifest: Manifest
  readonly trailer: Trailer
  /** The marks of all its events, those of the seal too. */
  readonly runs: readonly Run[]
}

const parsed = (line: Buffer): unknown => {
  try {
    return JSON.parse(line.toString('utf8'))
  } catch {
    return undefined
  }
}

const manifestIn = (line: Buffer, file: string): Manifest => {
  const any = anyManifestSchema.safeParse(parsed(line))
  if (!any.success) throw new ExportFormatUnknown(file, 'its first line is no manifest of a night')
  const { version } = any.data.manifest
  if (version !== formatVersion)
    throw new ExportFormatUnknown(
      file,
      `its format is version ${version}; this program knows ${formatVersion}`,
    )
  const manifest = manifestSchema.safeParse(any.data.manifest)
  if (manifest.success) return manifest.data
  throw new ExportTampered(file, `its manifest is not whole: ${manifest.error.issues[0]?.path.join('.')}`)
}

const lineIn = (line: Buffer, file: string, number: number) => {
  const read = lineSchema.safeParse(parsed(line))
  if (!read.success) throw new ExportTampered(file, `line ${number} is neither an event nor the trailer`)
  return read.data
}

/** The events of an export as they come, then its trailer. */
export async function* readExport(
  source: ExportSource,
): AsyncGenerator<{ manifest: Manifest } | { event: StoredEvent } | { trailer: Trailer; sha256: string }> {
  const digest = createHash('sha256')
  let number = 0
  let ended = false
  for await (const line of source.lines()) {
    number += 1
    if (ended) throw new ExportTampered(source.name, `line ${number} comes after the last`)
    if (number === 1) yield { manifest: manifestIn(line, source.name) }
    else {
      const read = lineIn(line, source.name, number)
      ended = 'trailer' in read
      yield 'trailer' in read
        ? { trailer: read.trailer, sha256: digest.copy().digest('hex') }
        : { event: storedEventOf(read.event) }
    }
    digest.update(line).update('\n')
  }
  if (number === 0) throw new ExportTruncated(source.name, 'it is empty')
  if (!ended) throw new ExportTruncated(source.name, `it ends after line ${number} without its last`)
}

const checkSignature = (
  file: string,
  { key }: Manifest,
  { signature, ...unsigned }: Trailer,
  { check, trust }: { check: SignatureCheck; trust: string | undefined },
): void => {
  const fingerprint = check.fingerprintOf(key.publicKey)
  if (fingerprint === null || fingerprint !== key.fingerprint)
    throw new SignatureWrong(file, `its key has the fingerprint ${fingerprint}, not ${key.fingerprint}`)
  if (!check.verify(key.publicKey, canonicalJson(unsigned), signature))
    throw new SignatureWrong(file, `it was not made with the key ${fingerprint}`)
  if (trust !== undefined && trust !== fingerprint)
    throw new SignatureWrong(file, `it was made with the key ${fingerprint}, and ${trust} is trusted`)
}

/** Reads an export to its end and proves it whole, unchanged and signed, with the key that is trusted if one is named. */
export const checkExport = async (
  source: ExportSource,
  signatures: { check: SignatureCheck; trust: string | undefined },
): Promise<CheckedExport> => {
  const file = source.name
  const [all, night] = [new NightHash(), new NightHash()]
  let [manifest, trailer, sha256]: [Manifest | null, Trailer | null, string] = [null, null, '']
  for await (const line of readExport(source)) {
    if ('manifest' in line) manifest = line.manifest
    else if ('trailer' in line) ({ trailer, sha256 } = line)
    else {
      const hash = eventHash(line.event)
      all.add(line.event, hash)
      if (!isOfSeal(line.event)) night.add(line.event, hash)
      if (manifest && !isOf(line.event, manifest.site, manifest.night))
        throw new ExportTampered(file, `event ${line.event.id} is not of the night of ${manifest.night}`)
    }
  }
  if (!manifest || !trailer) throw new ExportTruncated(file, 'it has no first or no last line')
  if (sha256 !== trailer.sha256)
    throw new ExportTampered(file, `its content has the hash ${sha256}, its last line says ${trailer.sha256}`)
  checkSignature(file, manifest, trailer, signatures)
  const rootHash = rootOf(manifest.site, manifest.night, night.streams())
  if (all.count !== trailer.events || rootHash !== trailer.rootHash)
    throw new ExportTampered(
      file,
      `its ${all.count} events give the root hash ${rootHash}, not ${trailer.rootHash}`,
    )
  return { manifest, trailer, runs: all.runs() }
}
