import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword } from '#api/auth/passwords.ts'

describe('a password', () => {
  it('is kept as argon2id with its parameters, salted', async () => {
    const [one, other] = [
      await hashPassword('a sentence of words'),
      await hashPassword('a sentence of words'),
    ]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
    expect(await isPassword('a sentence of words', one)).toBe(true)
    expect(await isPassword('a sentence of word', one)).toBe(false)
  })

  it('is judged by the parameters it was kept with', async () => {
    // RFC 9106's shape, from the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`.
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await isPassword('password', reference)).toBe(true)
    expect(await isPassword('differentpassword', reference)).toBe(false)
  })

  it('is the same however its accents are typed', async () => {
    const composed = 'contraseña de siempre'
    expect(await isPassword(composed.normalize('NFD'), await hashPassword(composed))).toBe(true)
  })

  it('is not guessed by a hash that cannot be read', async () => {
    await expect(isPassword('x', 'plain text')).rejects.toThrow('cannot be read')
  })
})
