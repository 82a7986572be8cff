import { createHash } from 'node:crypto'
import { algorithm, eventHash, rootOf } from '#domain/night/hash-chain.ts'
import { isOfSeal } from '#domain/night/membership.ts'
import { NightHash } from '#domain/night/night-hash.ts'
import { type SealCheck, SealComparison } from '#domain/night/seal-check.ts'
import { canonicalJson } from '#domain/shared/canonical-json.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { ExportSink } from './export-file.ts'
import { eventLine, formatName, formatVersion, type Manifest, type Trailer } from './export-format.ts'
import { loadSeal } from './load-seal.ts'
import { type NightName, NightUnknown, nightEvents } from './night-events.ts'
import type { NightLog } from './night-log.ts'
import type { Signer } from './signing.ts'

export type Exported = {
  readonly events: number
  readonly rootHash: string
  readonly fingerprint: string
  /** Null for a night without a seal. */
  readonly check: SealCheck | null
}

type Parts = {
  readonly log: NightLog
  readonly sink: ExportSink
  readonly signer: Signer
  readonly at: Instant
}

const written = async (name: NightName, { log, sink, signer, at }: Parts): Promise<Exported> => {
  const digest = createHash('sha256')
  const write = async (line: string) => {
    digest.update(line).update('\n')
    await sink.write(line)
  }
  const { publicKey, fingerprint } = signer
  const key = { algorithm: 'Ed25519', publicKey, fingerprint } as const
  const manifest: Manifest = { format: formatName, version: formatVersion, ...name, exportedAt: at, key }
  await write(JSON.stringify({ manifest }))

  const seal = await loadSeal(log, name)
  const comparison = seal && new SealComparison(seal)
  const hash = new NightHash()
  let events = 0
  for await (const event of nightEvents(log, name)) {
    await write(eventLine(event))
    events += 1
    if (isOfSeal(event)) continue
    const one = eventHash(event)
    hash.add(event, one)
    comparison?.add(event, one)
  }
  if (events === 0) throw new NightUnknown(name)

  const check = comparison?.result() ?? null
  const rootHash = rootOf(name.site, name.night, hash.streams())
  const unsigned: Omit<Trailer, 'signature'> = {
    events,
    algorithm,
    count: hash.count,
    rootHash,
    seal: check && { rootHash: check.rootHash, outcome: check.outcome },
    sha256: digest.digest('hex'),
  }
  const trailer: Trailer = { ...unsigned, signature: signer.sign(canonicalJson(unsigned)) }
  await sink.write(JSON.stringify({ trailer }))
  return { events, rootHash, fingerprint, check }
}

/** Writes a night with all that proves it into one file. Throws {@link NightUnknown}; then, as after any fault, there is no file. */
export const exportNight = async ({ site, night }: NightName, parts: Parts): Promise<Exported> => {
  try {
    const exported = await written({ site, night }, parts)
    await parts.sink.finish()
    return exported
  } catch (error) {
    await parts.sink.discard()
    throw error
  }
}
