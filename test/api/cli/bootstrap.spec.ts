import { once } from 'node:events'
import { mkdir, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Checkout, makeCheckout } from './checkout.ts'

const installed = 'installed in'
const one = { dependencies: { part: 'file:part' } }
const ended = { code: 0, stdout: '', stderr: '' }

describe('the bootstrap', () => {
  let checkout: Checkout
  beforeEach(async () => {
    checkout = await makeCheckout()
    await checkout.write('part/package.json', '{"name":"part","version":"1.0.0"}')
    await checkout.writePackage(one)
    await checkout.lock()
  })
  afterEach(() => checkout.remove())

  const holdLock = async (pid: number, ageMinutes: number) => {
    const lock = path.join(checkout.dir, '.bootstrap.lock')
    await mkdir(lock)
    await writeFile(path.join(lock, 'pid'), `${pid}`)
    const since = new Date(Date.now() - ageMinutes * 60_000)
    await utimes(lock, since, since)
    return () => rm(lock, { recursive: true })
  }

  it('installs what is missing, once', async () => {
    const first = await checkout.bootstrap()
    expect(first).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(installed) })
    expect(await readdir(path.join(checkout.dir, 'node_modules'))).toContain('part')
    expect(await checkout.bootstrap()).toEqual(ended)
  })

  it('installs again once the lockfile asks for more', async () => {
    const both = { dependencies: { part: 'file:part', more: 'file:more' } }
    await checkout.write('more/package.json', '{"name":"more","version":"1.0.0"}')
    const lockOfOne = await readFile(path.join(checkout.dir, 'package-lock.json'), 'utf8')
    await checkout.writePackage(both)
    await checkout.lock()
    const lockOfBoth = await readFile(path.join(checkout.dir, 'package-lock.json'), 'utf8')

    await checkout.writePackage(one)
    await checkout.write('package-lock.json', lockOfOne)
    await checkout.bootstrap()
    await checkout.writePackage(both)
    await checkout.write('package-lock.json', lockOfBoth)
    expect((await checkout.bootstrap()).stderr).toContain(installed)
    expect(await readdir(path.join(checkout.dir, 'node_modules'))).toContain('more')
  })

  it('links the command for npx', async () => {
    await checkout.bootstrap()
    const link = path.join(checkout.dir, 'node_modules', '.bin', 'noctuary')
    expect(await readlink(link)).toBe('../../api/cli/noctuary.mjs')
  })

  it('installs once for two terminals', async () => {
    const said = await Promise.all([checkout.bootstrap(), checkout.bootstrap()])
    expect(said.map(({ code }) => code)).toEqual([0, 0])
    expect(said.filter(({ stderr }) => stderr.includes(installed))).toHaveLength(1)
  })

  it('waits for a living process that installs', async () => {
    const release = await holdLock(process.pid, 0)
    const child = checkout.start('bootstrap.mjs')
    const [said] = await once(child.stderr ?? child, 'data')
    expect(`${said}`).toContain(`process ${process.pid} is installing the dependencies; waiting for it`)
    await release()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it.each([
    ['of a process that was killed', 2 ** 22 + 1, 0],
    ['older than any install', process.pid, 11],
  ])('passes over a lock %s', async (_, pid, ageMinutes) => {
    await holdLock(pid, ageMinutes)
    const { code, stderr } = await checkout.bootstrap()
    expect({ code, waited: stderr.includes('waiting') }).toEqual({ code: 0, waited: false })
    expect(await readdir(checkout.dir)).not.toContain('.bootstrap.lock')
  })

  it('says what to do when npm ci fails', async () => {
    await checkout.writePackage({ dependencies: { part: 'file:part', unlocked: 'file:unlocked' } })
    expect(await checkout.bootstrap()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Missing: unlocked.*npm ci failed: put right the cause above/s),
    })
  })

  it('does not write through a linked node_modules', async () => {
    await mkdir(path.join(checkout.dir, 'elsewhere'))
    await symlink('elsewhere', path.join(checkout.dir, 'node_modules'))
    expect(await checkout.bootstrap()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is a link to'),
    })
    expect(await readdir(path.join(checkout.dir, 'elsewhere'))).toEqual([])
  })

  it('says so when npm has silently dropped a package for this machine', async () => {
    const name = `part-${process.platform}-${process.arch}`
    const missing = { version: '1.0.0', resolved: 'file:missing.tgz', optional: true, os: [process.platform] }
    const fields = { name: 'small', version: '1.0.0', optionalDependencies: { [name]: 'file:missing.tgz' } }
    await checkout.writePackage(fields)
    const packages = { '': fields, [`node_modules/${name}`]: missing }
    await checkout.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }))
    expect(await checkout.bootstrap()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`npm ci ended well, yet node_modules/${name} 1.0.0 is missing`),
    })
  })

  it('refuses an older Node among the packages', async () => {
    await checkout.write('part/package.json', '{"name":"part","version":"1.0.0","bin":{"node":"node.sh"}}')
    await checkout.write('part/node.sh', '#!/bin/sh\necho v20.20.2\n', 0o755)
    await checkout.lock()
    expect(await checkout.bootstrap()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('should be Node 24 or later and is v20.20.2'),
    })
  })
})
