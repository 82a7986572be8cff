import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataDirLocked, lockDataDir } from '#adapters/data-dir-lock.ts'
import { startOfProcess } from '#adapters/process-identity.ts'

const program = path.join(import.meta.dirname, 'lock-holder.program.ts')

describe('the lock of a data folder', () => {
  let dir: string
  const holders: ChildProcess[] = []
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'noctuary-lock-'))
  })
  afterEach(async () => {
    for (const holder of holders.splice(0)) holder.kill('SIGKILL')
    await rm(dir, { recursive: true })
  })

  /** A program of its own; says whether it got the lock. */
  const tryElsewhere = async () => {
    const holder = spawn(process.execPath, [program, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    holders.push(holder)
    const [said] = await once(holder.stdout, 'data')
    return { holder, said: `${said}`.trim() }
  }

  it('refuses a second start, and says who holds the folder since when', async () => {
    const { holder, said } = await tryElsewhere()
    expect(said).toBe('locked')
    const refusal = await lockDataDir(dir).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataDirLocked)
    expect(refusal).toMatchObject({
      pid: holder.pid,
      message: expect.stringMatching(
        `in use by process ${holder.pid} on .+ since \\d{4}-.+Z; stop that process`,
      ),
    })
  })

  it('refuses a second start within one process too', async () => {
    const lock = await lockDataDir(dir)
    await expect(lockDataDir(dir)).rejects.toThrow(`in use by process ${process.pid}`)
    await lock.release()
  })

  it('is free again after its release', async () => {
    const first = await lockDataDir(dir)
    await first.release()
    const second = await lockDataDir(dir)
    await second.release()
    expect(await readdir(dir)).toEqual([])
  })

  it('does not outlive a holder that was killed', async () => {
    const { holder } = await tryElsewhere()
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const lock = await lockDataDir(dir)
    expect(await readdir(dir)).toHaveLength(1)
    await lock.release()
  })

  it('is not taken for held when another program has the pid of a dead holder', async () => {
    const claim = {
      pid: process.pid,
      start: 'an earlier boot:1',
      host: 'here',
      since: '2026-11-21T00:00:00.000Z',
    }
    await writeFile(path.join(dir, 'noctuary-old.lock'), JSON.stringify(claim))
    const lock = await lockDataDir(dir)
    expect(await readdir(dir)).not.toContain('noctuary-old.lock')
    await lock.release()
  })

  it('is not held by a claim that a power cut left empty', async () => {
    await writeFile(path.join(dir, 'noctuary-empty.lock'), '')
    const lock = await lockDataDir(dir)
    expect(await readdir(dir)).not.toContain('noctuary-empty.lock')
    await lock.release()
  })

  it('stands once per name', async () => {
    const locks = await Promise.all([lockDataDir(dir, 'noctuary'), lockDataDir(dir, 'postgres')])
    await expect(lockDataDir(dir, 'postgres')).rejects.toThrow(DataDirLocked)
    await Promise.all(locks.map((lock) => lock.release()))
  })

  it('is never held by two of the programs that start at once', async () => {
    const all = await Promise.all([tryElsewhere(), tryElsewhere(), tryElsewhere(), tryElsewhere()])
    const winners = all.filter(({ said }) => said === 'locked')
    expect(winners.length).toBeLessThanOrEqual(1)
    expect(all.filter(({ said }) => said === 'refused')).toHaveLength(4 - winners.length)
  })
})

describe('the start of a process', () => {
  it('stays the same while it runs, and is unknown once it has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    const start = await startOfProcess(pid)
    expect(start).toMatch(/\S/)
    expect(await startOfProcess(pid)).toBe(start)
    child.stdin.end()
    await once(child, 'exit')
    expect(await startOfProcess(pid)).toBeUndefined()
  })

  it('tells two processes apart', async () => {
    expect(await startOfProcess(process.pid)).not.toBe(await startOfProcess(process.ppid))
  })
})
