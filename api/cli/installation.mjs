import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'))
  } catch {
    return undefined
  }
}

const fits = (allowed, actual) => allowed === undefined || [allowed].flat().includes(actual)
const isForThisMachine = ({ os, cpu }) => fits(os, process.platform) && fits(cpu, process.arch)

// npm drops an optional package that fails to download without a word. Those that we name ourselves we need:
// each is Node or Postgres for one platform.
const isNeeded = (place, entry, ours) =>
  ours.has(place) ? isForThisMachine(entry) : !entry.optional && !entry.peer

/** What node_modules lacks of the lockfile, in words; npm keeps its own list of what it has installed. */
export const whatIsMissing = () => {
  const wanted = readJson('package-lock.json')?.packages
  if (!wanted) return 'there is no readable package-lock.json'
  const present = readJson('node_modules/.package-lock.json')?.packages
  if (!present) return 'there is no node_modules'
  const ours = new Set(
    Object.keys(wanted['']?.optionalDependencies ?? {}).map((name) => `node_modules/${name}`),
  )
  const missing = Object.entries(wanted).find(([place, entry]) => {
    if (place === '') return false
    const found = present[place]
    return found ? found.version !== entry.version : isNeeded(place, entry, ours)
  })
  return missing && `${missing[0]} ${missing[1].version} is missing`
}

const flags = [
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--loglevel=error',
  '--include=dev',
  '--include=optional',
]

// The npm that runs us, when one does, and with its own Node.
const npm = () => {
  const running = process.env.npm_execpath
  if (running && path.basename(running) === 'npm-cli.js')
    return { command: process.execPath, args: [running] }
  return { command: 'npm', args: [] }
}

// Left in, the outer npm's word on the running script would be taken for the inner one's.
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name)))

const isLink = (place) => lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

/** Runs `npm ci`; answers with what went wrong, if anything did. */
export const install = () => {
  const modules = path.join(root, 'node_modules')
  if (isLink(modules))
    return `node_modules is a link to ${realpathSync(modules)} and out of date: run npm ci there`
  console.error('installing the dependencies (once, about half a minute)…')
  const started = Date.now()
  const { command, args } = npm()
  const { status, error } = spawnSync(command, [...args, 'ci', ...flags], {
    cwd: root,
    // Its output is not ours: `noctuary … | jq` must get clean input.
    stdio: ['ignore', 2, 2],
    env: environment(),
  })
  if (error) return `npm does not run (${error.message}): is it installed?`
  if (status !== 0) return 'npm ci failed: put right the cause above and run the command again'
  console.error(`installed in ${Math.round((Date.now() - started) / 1000)} s`)
  return undefined
}

/** Spares `npx noctuary` a package of its own: without the link npx makes one from the checkout, in its cache. */
export const linkCommand = () => {
  const bin = path.join(root, 'node_modules', '.bin')
  const link = path.join(bin, 'noctuary')
  if (existsSync(link)) return
  try {
    mkdirSync(bin, { recursive: true })
    symlinkSync('../../api/cli/noctuary.mjs', link)
  } catch {
    // Somebody else's node_modules, or another terminal was faster: nothing that should stop a start.
  }
}
