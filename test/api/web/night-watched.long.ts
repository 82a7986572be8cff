import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { noctuary } from '#test/api/cli/observatory.ts'
import { chromiumHere, openBrowser } from '#test/support/chromium.ts'

const chromium = chromiumHere()
const patient = { timeout: 90_000 }

const hashIn = (said: string): string | undefined => /^hash +(\w+)$/m.exec(said)?.[1]

it.skipIf(chromium === null)(
  'W17 a simulated night of showers is watched on the page to its end, and is the same night as if nobody had looked',
  { timeout: 480_000 },
  async () => {
    const port = await freePort()
    const env = { PORT: `${port}`, LOG_LEVEL: 'silent' }
    const { child, ended, said } = noctuary(['simulate', 'showers', '--speed', '300', '--watch'], env)
    await expect.poll(said, patient).toContain('look at ')
    const browser = await openBrowser(chromium ?? '')
    onTestFinished(() => browser.close())
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const lamp = (name: string) => page.locator('.lamp', { hasText: name }).textContent()
    await page.goto(`http://127.0.0.1:${port}/`)

    await expect.poll(() => lamp('Roof'), patient).toBe('Roofopen')
    await expect.poll(() => page.locator('.headline').first().textContent(), patient).toBe('Observing')
    await expect.poll(() => lamp('Verdict'), patient).toBe('Verdictunsafe')
    await expect.poll(() => lamp('Roof'), patient).toBe('Roofclosed')
    await expect.poll(() => page.locator('.headline').first().textContent(), patient).toBe('Observing')
    await expect.poll(said, { timeout: 300_000 }).toContain('the night is over; Ctrl-C ends')
    // Whoever looks here may look, and is asked for nothing else.
    const session = await (await fetch(`http://127.0.0.1:${port}/api/session`)).json()
    expect(session).toMatchObject({ user: null, may: ['read', 'audit'] })
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)

    const unseen = await noctuary(['simulate', 'showers', '--quiet']).ended
    expect(unseen.code).toBe(0)
    expect(hashIn(said())).toMatch(/^\w{40,}$/)
    expect(hashIn(said())).toBe(hashIn(unseen.said))
  },
)
