/** Who signs exports. The public key is SPKI in base64; its fingerprint `SHA256:` and the hash of the key's bytes in hex. */
export type Signer = {
  readonly publicKey: string
  readonly fingerprint: string
  /** Ed25519 over the text in UTF-8, in base64. */
  sign(text: string): string
}

export type SignatureCheck = {
  /** Null for what is no Ed25519 public key. */
  fingerprintOf(publicKey: string): string | null
  verify(publicKey: string, text: string, signature: string): boolean
}
