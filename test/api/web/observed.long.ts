import { expect, it, onTestFinished } from 'vitest'
import { chromiumHere, openBrowser } from '#test/support/chromium.ts'
import { raEastOfMeridian } from '#test/support/night-now.ts'
import { startObservatoryByNight } from '#test/support/observatory-by-night.ts'

const chromium = chromiumHere()
const patient = { timeout: 75_000 }

it.skipIf(chromium === null)(
  'somebody asks for an observation on the page and sees the roof open, the telescope at work, and the images',
  async () => {
    const observatory = await startObservatoryByNight()
    onTestFinished(() => observatory[Symbol.asyncDispose]())
    const browser = await openBrowser(chromium ?? '')
    onTestFinished(() => browser.close())
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const lamp = (name: string) => page.locator('.lamp', { hasText: name })
    const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()

    const [, address = ''] = /(\/sign-in#first-admin=\S+)/.exec(observatory.said.join('\n')) ?? []
    await page.goto(`${observatory.api}${address}`)
    await page.getByLabel('User').fill('ana')
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Become the administrator' }).click()
    await expect.poll(() => page.locator('.who').textContent(), patient).toBe('ana')
    // A plan that is made while it is unsafe holds the roof for closed.
    await expect.poll(() => lamp('Verdict').textContent(), patient).toBe('Verdictsafe')

    await go('Requests')
    const form = page.getByRole('region', { name: 'Ask for an observation' })
    await form.getByLabel('Name').fill('Overhead')
    const setting = raEastOfMeridian(observatory.site, Date.now(), -15)
    await form.getByLabel('Right ascension').fill(setting.toFixed(3))
    await form.getByLabel('Declination').fill('31.04')
    await form.getByLabel('Exposure, s').fill('1')
    await form.getByLabel('Images', { exact: true }).fill('3')
    await form.getByLabel('Not after').fill(new Date(Date.now() + 8 * 60_000).toISOString())
    await form.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('link', { name: 'Overhead' }).waitFor()

    await go('Night')
    await expect.poll(() => lamp('Roof').textContent(), patient).toBe('Roofopen')
    await expect.poll(() => page.locator('.headline').first().textContent(), patient).toBe('Observing')
    await expect.poll(() => page.locator('.picture img').count(), patient).toBe(3)
    const image = page.locator('.picture img').first()
    const isDrawn = () =>
      image.evaluate((element) => 'naturalWidth' in element && Number(element.naturalWidth) > 0)
    await expect.poll(isDrawn, patient).toBe(true)
    await go('Requests')
    await page.getByRole('link', { name: 'Overhead' }).click()
    const request = page.getByRole('region', { name: 'One request' })
    await expect.poll(() => request.textContent(), patient).toMatch(/executed\s+3 of 3 images/)
  },
)
