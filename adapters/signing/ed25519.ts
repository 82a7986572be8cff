import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { SignatureCheck, Signer } from '#commands/night/signing.ts'

/** The key's file holds something else. */
export class KeyUnreadable extends Error {
  constructor(file: string) {
    super(
      `${file} holds no Ed25519 private key in PEM; put the key back, or move the file away for a new one`,
    )
    this.name = 'KeyUnreadable'
  }
}

const fingerprint = (der: Buffer): string => `SHA256:${createHash('sha256').update(der).digest('hex')}`

const publicKeyFrom = (base64: string): KeyObject | null => {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/** Signatures of exports, whoever made them. */
export const signatureCheck: SignatureCheck = {
  fingerprintOf: (publicKey) =>
    publicKeyFrom(publicKey) ? fingerprint(Buffer.from(publicKey, 'base64')) : null,
  verify: (publicKey, text, signature) => {
    const key = publicKeyFrom(publicKey)
    return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  },
}

/** Linked into place whole, so of two programs that make a key at once one wins and both use it. */
const makeKey = async (file: string): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    await handle.sync()
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await handle.close()
    await rm(draft, { force: true })
  }
}

const readKey = async (file: string): Promise<KeyObject | null> => {
  const pem = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (pem === null) return null
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Said below.
  }
  throw new KeyUnreadable(file)
}

const signerOf = (privateKey: KeyObject): Signer => {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return {
    publicKey: der.toString('base64'),
    fingerprint: fingerprint(der),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  }
}

const fileIn = (dataDir: string): string => path.join(dataDir, 'keys', 'export-ed25519.pem')

/** The observatory's own key, made at its first use; only its owner can read it. */
export const ownSigner = async (dataDir: string): Promise<Signer> => {
  const file = fileIn(dataDir)
  const known = await readKey(file)
  if (known) return signerOf(known)
  await makeKey(file)
  const made = await readKey(file)
  if (!made) throw new KeyUnreadable(file)
  return signerOf(made)
}

/** The fingerprint of the observatory's own key; null before its first use. */
export const ownFingerprint = async (dataDir: string): Promise<string | null> => {
  const key = await readKey(fileIn(dataDir))
  return key && signerOf(key).fingerprint
}
