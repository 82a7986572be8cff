import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** A Chromium of this machine; null where there is none. `CHROMIUM` names another. */
export const chromiumHere = (): string | null =>
  [process.env['CHROMIUM'] ?? '', ...places].find((place) => place !== '' && existsSync(place)) ?? null

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--disable-dev-shm-usage'] })
