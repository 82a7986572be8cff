import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumHere, openBrowser } from '#test/support/chromium.ts'
import { raEastOfMeridian } from '#test/support/night-now.ts'
import { startObservatoryByNight } from '#test/support/observatory-by-night.ts'

const chromium = chromiumHere()
const patient = { timeout: 30_000 }
const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'

/** One observatory and one browser for all: each story goes on where the one before it left the night. */
describe.skipIf(chromium === null)('the page', { timeout: 90_000 }, () => {
  let observatory: Awaited<ReturnType<typeof startObservatoryByNight>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const faults: string[] = []

  const open = async (address: string) => {
    await page.goto(`${observatory.api}${address}`)
    await page.getByRole('navigation').waitFor()
  }
  const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()
  const section = (name: string) => page.getByRole('region', { name, exact: true })
  const lamp = (name: string) => page.locator('.lamp', { hasText: name })
  const answer = async <T>(path: string): Promise<T> => {
    const response = await context.request.get(`${observatory.api}${path}`)
    return (await response.json()) as T
  }

  /** As the page itself would, with its session. */
  const post = (path: string, body: unknown): Promise<unknown> =>
    page.evaluate(
      ({ path, body }) =>
        fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-noctuary-csrf': '1' },
          body: JSON.stringify(body),
        }).then((response) => response.json()),
      { path, body },
    )

  beforeAll(async () => {
    observatory = await startObservatoryByNight()
    browser = await openBrowser(chromium ?? '')
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    context.setDefaultTimeout(15_000)
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(`${error}`))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) faults.push(message.text())
    })
  })
  afterAll(async () => {
    await browser?.close()
    await observatory?.[Symbol.asyncDispose]()
  })

  it('is served once: its files have names of their contents, and the page itself is asked whether it is new', async () => {
    const first = await fetch(observatory.api)
    const etag = `${first.headers.get('etag')}`
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await first.text()) ?? []
    const again = await fetch(observatory.api, { headers: { 'if-none-match': etag } })
    const asset = await fetch(`${observatory.api}${script}`)
    expect(again.status).toBe(304)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('W1 shows weather and site together, and a new reading within 3 s without a reload', async () => {
    await open('/')
    await go('Environment')
    const table = page.locator('table.quantities')
    await expect.poll(() => table.textContent(), patient).toContain('Temperature inside')
    const reading = page.locator('.chart-reading').first()
    await expect.poll(() => reading.textContent(), patient).toMatch(/UTC/)
    const before = await reading.textContent()
    await expect.poll(() => reading.textContent(), { timeout: 3000 }).not.toBe(before)
  })

  it('says who may do what one may not, and lets the first administrator in by the address that the start printed', async () => {
    const byHand = section('By hand')
    await expect.poll(() => byHand.textContent()).toMatch(/operators may raise a fake alarm/i)
    expect(await byHand.getByRole('button').count()).toBe(0)
    const [, address = ''] = /(\/sign-in#first-admin=\S+)/.exec(observatory.said.join('\n')) ?? []
    await open(address)
    await page.getByLabel('User').fill('ana')
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Become the administrator' }).click()
    await expect.poll(() => page.locator('.who').textContent(), patient).toBe('ana')
  })

  it('finds events and draws why one came about', async () => {
    await go('Journal')
    await page.getByRole('button', { name: 'SafetyVerdictGiven' }).first().click()
    const graph = section('One event').locator('.graph .cause')
    await expect.poll(() => graph.count(), patient).toBeGreaterThan(2)
    expect(await section('One event').textContent()).toContain('EnvironmentAssessed')
  })

  it('K11 draws what flows where, and rebuilds a read model while it is looked at', async () => {
    await go('System')
    const flow = section('What flows where')
    await expect.poll(() => flow.locator('.flow-box').count(), patient).toBeGreaterThan(15)
    expect(await flow.locator('.wire').count()).toBeGreaterThan(15)
    const row = section('Read models').getByRole('row', { name: /^nights/ })
    await row.getByRole('button', { name: 'Rebuild' }).click()
    await expect.poll(() => row.getByRole('button', { name: 'Roll back' }).count(), patient).toBe(1)
    expect(await row.textContent()).toContain('live')
  })

  it('is used by keyboard alone', async () => {
    await page.locator('body').press('2')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/environment')
    await page.locator('body').press('?')
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('Red light')
    await page.keyboard.press('Escape')
    await page.locator('body').press('l')
    await expect.poll(() => page.locator('html').getAttribute('data-light')).toBe('red')
    await page.locator('body').press('l')
    await page.keyboard.press('Tab')
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    )
    expect(outline).toBe('solid')
  })

  it('says at once that the connection is lost and how old everything is, and that it is back', async () => {
    await context.setOffline(true)
    await expect
      .poll(() => page.locator('.notice-lost').textContent(), patient)
      .toMatch(/Connection lost.* old/)
    expect(await lamp('Connection').textContent()).toContain('lost')
    await context.setOffline(false)
    await expect.poll(() => page.locator('.notice-lost').count(), patient).toBe(0)
  })

  it('takes a request with a visibility curve as it is typed, and shows it in the plan', async () => {
    await expect.poll(() => lamp('Verdict').textContent(), patient).toBe('Verdictsafe')
    await go('Requests')
    const form = section('Ask for an observation')
    await form.getByLabel('Name').fill('Overhead')
    await form
      .getByLabel('Right ascension')
      .fill(`${raEastOfMeridian(observatory.site, Date.now(), -15).toFixed(3)}`)
    await form.getByLabel('Declination').fill('+31:02:39')
    await expect.poll(() => form.textContent(), patient).toMatch(/can be observed for \d+ h/)
    await form.getByLabel('Exposure, s').fill('1')
    await form.getByLabel('Images', { exact: true }).fill('3')
    const soon = new Date(Date.now() + 8 * 60_000).toISOString()
    await form.getByLabel('Not after').fill(soon)
    await form.getByRole('button', { name: 'Submit' }).click()
    await expect
      .poll(() => section('One request').textContent(), patient)
      .toMatch(/Overhead.*(planned|executing|executed)/)
    await go('Schedule')
    await expect.poll(() => page.locator('main').textContent(), patient).toMatch(/In order.*Overhead/)
    expect(await section('Through the night').locator('.now-line').count()).toBe(1)
  })

  it('says every fault of a request that cannot be, and takes XML from a file', async () => {
    await go('Requests')
    const form = section('Ask for an observation')
    await form.getByLabel('Name').fill('Below')
    await form.getByLabel('Right ascension').fill('120')
    await form.getByLabel('Declination').fill('-88')
    await form.getByRole('button', { name: 'Submit' }).click()
    await expect.poll(() => form.getByRole('alert').textContent(), patient).toMatch(/culminates/)
    expect(await post('/api/programmes', { id: 'grb', title: 'Bursts', leaderId: 'ana' })).toMatchObject({
      id: 'grb',
    })
    const file = 'test/fixtures/pyros/routine_request_01.xml'
    await page.getByLabel('XML as PYROS wrote it').setInputFiles(file)
    await page.getByRole('button', { name: 'Hand in the file' }).click()
    await expect
      .poll(() => section('From a file').textContent(), patient)
      .toMatch(/submitted|culminates|draft|never/i)
  })

  it('shows what people typed in as text, wherever it comes to the page', async () => {
    const place = { ra: raEastOfMeridian(observatory.site, Date.now(), 20), dec: 31 }
    const plans = [{ filter: 'r', exposureS: 1, images: 1 }]
    const sequences = [
      { name: script, target: { name: script, ...place }, albums: [{ detector: 'visible', plans }] },
    ]
    const made = await post('/api/requests', {
      name: script,
      targetType: script,
      programme: 'demo',
      sequences,
    })
    await go('Requests')
    await page.getByRole('link', { name: 'onerror' }).first().click()
    await expect.poll(() => section('One request').textContent(), patient).toContain(script)
    for (const name of ['Schedule', 'Sky', 'Journal', 'System']) {
      await go(name)
      await page.locator('main .section').first().waitFor()
    }
    await go('Schedule')
    await expect.poll(() => page.locator('main').textContent(), patient).toContain(script)
    expect(made).toHaveProperty('id')
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  })

  it('draws the sky with the telescope, the Moon and the targets', async () => {
    await go('Sky')
    await expect.poll(() => page.locator('.sky .telescope').count(), patient).toBe(1)
    await expect.poll(() => page.locator('.sky .mark').count(), patient).toBeGreaterThan(0)
    expect(await section('What stands where').textContent()).toMatch(/Moon.*% lit/)
  })

  it('replays the night: every panel as of the instant of the slider, and back to now', async () => {
    const { items } = await answer<{ items: { occurredAt: string }[] }>(
      '/api/journal?type=SafetyVerdictGiven&order=oldest',
    )
    await open(`/environment?at=${items[0]?.occurredAt}`)
    await expect
      .poll(() => section('Verdict').locator('.headline').textContent(), patient)
      .toMatch(/unsafe|unknown/)
    await go('Night')
    await page.getByRole('slider').press('End')
    await expect.poll(() => lamp('Verdict').textContent(), patient).toBe('Verdictsafe')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Back to now' }).click()
    await expect.poll(() => page.getByRole('slider').count()).toBe(0)
  })

  it('W2 asks the PLC for its status, shows the answer and puts it on record', async () => {
    await go('Environment')
    await page.getByRole('button', { name: 'Ask its status' }).click()
    await expect.poll(() => section('By hand').textContent(), patient).toMatch(/WXT520.*RainRate/)
    const { items } = await answer<{ items: { actor: { id: string } }[] }>('/api/journal?type=PlcStatusAsked')
    expect(items.map(({ actor }) => actor.id)).toEqual(['ana'])
  })

  it('W3 raises a fake alarm: it rains in the next poll, the roof is told to close, all of it simulated', async () => {
    const byHand = section('By hand')
    await byHand.getByRole('button', { name: 'It rains for a minute' }).click()
    await byHand.getByRole('button', { name: /the roof will close/ }).click()
    await expect.poll(() => lamp('Verdict').textContent(), { timeout: 5000 }).toContain('unsafe')
    await expect.poll(() => lamp('Night').textContent(), patient).toContain('suspended')
    expect(await section('Verdict').textContent()).toMatch(/rain 5 mm\/h/)
    await byHand.getByRole('button', { name: 'End it' }).click()
    await expect.poll(() => lamp('Verdict').textContent(), patient).toBe('Verdictsafe')
    const since = await answer<{ items: { simulated: boolean }[] }>(
      '/api/journal?type=FakeAlarmAsked&type=SafetyVerdictGiven&type=ObservingSuspended&limit=3',
    )
    expect(since.items.map(({ simulated }) => simulated)).toEqual([true, true, true])
  })

  it('W4 stops and starts the PLC simulator, and the status follows within 5 s', async () => {
    const row = section('By hand').getByRole('row', { name: 'PLC simulator' })
    await row.getByRole('button', { name: 'Stop' }).click()
    await row.getByRole('button', { name: /without the PLC simulator/ }).click()
    await expect.poll(() => row.textContent(), { timeout: 5000 }).toContain('stopped')
    await row.getByRole('button', { name: 'Start' }).click()
    await expect.poll(() => row.textContent(), { timeout: 5000 }).toContain('up')
    await expect.poll(() => lamp('Verdict').textContent(), patient).toBe('Verdictsafe')
  })

  it('K16 takes a note and shows it to whoever looks, as text', async () => {
    const other = await context.newPage()
    await other.goto(`${observatory.api}/`)
    await go('Night')
    await section('Notes').getByLabel('A note').fill(script)
    await section('Notes').getByRole('button', { name: 'Write it down' }).click()
    for (const one of [page, other]) {
      const notes = one.getByRole('region', { name: 'Notes', exact: true })
      await expect.poll(() => notes.getByRole('listitem').allTextContents(), patient).toHaveLength(1)
      expect(await notes.getByRole('listitem').textContent()).toContain(`ana ${script}`)
      expect(await one.evaluate(() => 'hacked' in window)).toBe(false)
    }
    await other.close()
  })

  it('takes the night over by hand and hands it back, with the reason as it was typed', async () => {
    await go('Night')
    await section('In whose hands').getByLabel('Why').fill(script)
    await section('In whose hands').getByRole('button', { name: 'Take over by hand' }).click()
    await expect.poll(() => section('In whose hands').textContent(), patient).toContain(`Why${script}`)
    await section('In whose hands').getByLabel('Why').fill('enough')
    await section('In whose hands').getByRole('button', { name: 'Hand back' }).click()
    await expect.poll(() => section('In whose hands').textContent(), patient).toContain('automatic since')
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  })

  it('tells the story of an alert with its latencies', async () => {
    await go('Alerts')
    await page.getByRole('button', { name: 'High up now' }).click()
    await page.getByRole('button', { name: 'Send the alert' }).click()
    const story = section('One alert')
    await expect.poll(() => story.locator('.latencies').textContent(), patient).toMatch(/judged\d+ ms/)
    await expect.poll(() => story.textContent(), patient).toContain('TriggerJudged')
  })

  it('fits a phone: no panel is wider than 400 px', async () => {
    await page.setViewportSize({ width: 400, height: 850 })
    const widths: Record<string, number> = {}
    for (const name of [
      'Night',
      'Environment',
      'Schedule',
      'Requests',
      'Alerts',
      'Sky',
      'Journal',
      'Replay',
      'System',
    ]) {
      await go(name)
      await page.locator('main .section').nth(1).waitFor()
      widths[name] = await page.evaluate(() => document.documentElement.scrollWidth)
    }
    expect(Object.entries(widths).filter(([, width]) => width > 400)).toEqual([])
  })

  it('threw nothing meanwhile, and loaded nothing that it may not', () => expect(faults).toEqual([]))
})
