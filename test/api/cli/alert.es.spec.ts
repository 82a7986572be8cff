import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { type NoticeKind, noticeXml } from '#simulators/alert-notice.ts'
import { newObservatory, noctuary } from './observatory.ts'

const at = Date.UTC(2026, 10, 21, 4)
const xml = (kind: NoticeKind, trigger: string) =>
  noticeXml({
    kind,
    trigger,
    raDeg: 10,
    decDeg: 5,
    errorRadiusDeg: 0.05,
    eventAt: at,
    issuedAt: at,
    serial: 1,
  })

describe('noctuary alert', () => {
  it('W22, P33 a notice sent by VTP and one dropped into the folder are on record, and watch shows them', async () => {
    await using observatory = await newObservatory()
    const { env, folder, rows } = observatory
    const authorPort = await freePort()
    const dropped = path.join(folder, 'dropped')
    await mkdir(dropped)
    await writeFile(path.join(dropped, 'a.xml'), xml('fermi-gbm', '700000002'))
    const settings = { ...env, ALERT_AUTHOR_PORT: `${authorPort}`, ALERT_FOLDER: dropped }
    const running = noctuary(['start'], settings)
    await rows(1)
    const watching = noctuary(['alert', 'watch'], env)
    await expect.poll(watching.said).toContain('watching')
    const file = path.join(folder, 'notice.xml')
    await writeFile(file, xml('swift-bat', '700000001'))
    const sent = await noctuary(['alert', 'send', file, '--to', `127.0.0.1:${authorPort}`]).ended
    expect(sent).toEqual({ code: 0, said: 'accepted by ivo://noctuary.local/alerts\n' })
    const health = await (await fetch(`http://127.0.0.1:${env.PORT}/health`)).text()
    expect(health).toContain(`VTP author port 127.0.0.1:${authorPort}`)
    await expect.poll(watching.said).toContain('SWIFT#BAT_GRB_Pos_700000001-1')
    const recorded = async () => {
      const answer = await fetch(`http://127.0.0.1:${env.PORT}/api/journal?type=NoticeReceived`)
      const { items } = z
        .object({ items: z.array(z.object({ stream: z.string() })) })
        .parse(await answer.json())
      return items.length
    }
    await expect.poll(recorded).toBe(2)
    const again = await noctuary(['alert', 'send', file, '--to', `127.0.0.1:${authorPort}`]).ended
    expect(again.code).toBe(0)
    expect(await recorded()).toBe(2)
    watching.child.kill('SIGINT')
    expect((await watching.ended).code).toBe(0)
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
  })

  it('P35 a fake alert goes the real way; list and show tell what became of it, cancel takes it off', async () => {
    await using observatory = await newObservatory()
    const { env, rows } = observatory
    const running = noctuary(['start'], env)
    await rows(1)
    const alert = async (...args: string[]) => noctuary(['alert', ...args], env).ended
    const fake = await alert('fake', '--ra', '83.6', '--dec', '22')
    expect([fake.code, fake.said]).toEqual([0, expect.stringMatching(/^drill-[\w-]+\n$/)])
    const trigger = fake.said.trim()
    const shown = async () => (await alert('show', trigger)).said
    await expect
      .poll(shown, { timeout: 30_000 })
      .toContain('opened by DRILL_POSITION: RA 83.6000° Dec 22.0000°')
    await expect.poll(shown, { timeout: 30_000 }).toMatch(/from the notice: judged \d+ ms/)
    expect((await alert('list')).said).toContain(trigger)
    expect((await alert('strategies')).said).toMatch(/grb-prompt +1 +on +swift svom ep drill/)
    expect((await alert('cancel', trigger, '--why', 'seen enough')).said).toBe('cancelled\n')
    await expect.poll(shown, { timeout: 30_000 }).toContain('seen enough')
    expect((await alert('cancel', trigger)).said).toBe('it was cancelled before\n')
    const nobody = await alert('show', 'swift-1')
    expect([nobody.code, nobody.said]).toEqual([18, expect.stringContaining('No trigger is called swift-1')])
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
  })

  it('says that nothing listens, and what is wrong with a command line', async () => {
    await using observatory = await newObservatory()
    const file = path.join(observatory.folder, 'a.xml')
    await writeFile(file, xml('swift-bat', '1'))
    const port = await freePort()
    const nobody = await noctuary(['alert', 'send', file, '--to', `127.0.0.1:${port}`]).ended
    expect([nobody.code, nobody.said]).toEqual([
      20,
      expect.stringContaining(`nothing takes notices at 127.0.0.1:${port}`),
    ])
    const missing = await noctuary(['alert', 'send', `${file}x`, '--to', `127.0.0.1:${port}`]).ended
    expect([missing.code, missing.said]).toEqual([2, expect.stringContaining('ENOENT')])
    expect((await noctuary(['alert', 'send', file, '--to', 'nowhere']).ended).code).toBe(2)
  })

  it('follows a simulated broker by itself', async () => {
    await using observatory = await newObservatory()
    const scenario = path.join(observatory.folder, 'scenario.json')
    const entry = { notice: 'swift-bat', trigger: '12345', raDeg: 10, decDeg: 5 }
    const entries = Array.from({ length: 300 }, (_, time) => ({ time, alertSimulator: entry }))
    await writeFile(scenario, JSON.stringify([300, ...entries]))
    const port = await freePort()
    const broker = noctuary(['simulator', 'alerts', '--port', `${port}`, '--scenario', scenario])
    const watching = noctuary(['alert', 'watch', '--broker', `127.0.0.1:${port}`])
    await expect
      .poll(watching.said, { timeout: 20_000 })
      .toContain('ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_12345-1')
    watching.child.kill('SIGINT')
    broker.child.kill('SIGINT')
    expect((await watching.ended).code).toBe(0)
    expect((await broker.ended).code).toBe(0)
  })
})
