import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** At least so many characters; nothing else is asked of a password (NIST SP 800-63B). */
export const shortestPassword = 12
export const longestPassword = 1024

/** OWASP's first choice for argon2id, 46 MiB in one pass: a guess takes about 0.1 s here. */
const cost = { parallelism: 1, tagLength: 32, memory: 46 * 1024, passes: 1 }

const run = (parameters: Argon2Parameters): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)))
  })

const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** The same characters typed on another keyboard are the same password. */
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'))

/** The usual text: `$argon2id$v=19$m=47104,t=1,p=1$salt$hash`. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16)
  const tag = await run({ message: bytesOf(password), nonce, ...cost })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(nonce)}$${text(tag)}`
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** Whether this is the password that was hashed, by the parameters of then. */
export const isPassword = async (password: string, hash: string): Promise<boolean> => {
  const [, memory, passes, parallelism, salt = '', tag = ''] = form.exec(hash) ?? []
  const wanted = Buffer.from(tag, 'base64')
  if (wanted.length === 0) throw new Error('a stored password hash cannot be read')
  const found = await run({
    message: bytesOf(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  })
  return timingSafeEqual(found, wanted)
}
