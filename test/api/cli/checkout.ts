import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const projectRoot = path.resolve(import.meta.dirname, '..', '..', '..')

type Said = { code: number; stdout: string; stderr: string }

/** A small checkout of its own with the real bootstrap in it; nothing in it needs the network. */
export type Checkout = {
  dir: string
  write(file: string, content: string, mode?: number): Promise<void>
  writePackage(fields: object): Promise<void>
  /** Brings the lockfile up to date with package.json. */
  lock(): Promise<void>
  bootstrap(): Promise<Said>
  start(script: string, ...args: string[]): ChildProcess
  remove(): Promise<void>
}

const env = { ...process.env, npm_config_offline: 'true', NO_COLOR: '1' }

const outcome = (promise: Promise<{ stdout: string; stderr: string }>): Promise<Said> =>
  promise.then(
    (said) => ({ ...said, code: 0 }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )

export const makeCheckout = async (): Promise<Checkout> => {
  const dir = await mkdtemp(path.join(tmpdir(), 'noctuary-checkout-'))
  await cp(path.join(projectRoot, 'api', 'cli'), path.join(dir, 'api', 'cli'), { recursive: true })
  const write: Checkout['write'] = async (file, content, mode = 0o644) => {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true })
    await writeFile(path.join(dir, file), content, { mode })
  }
  return {
    dir,
    write,
    writePackage: (fields) =>
      write('package.json', JSON.stringify({ name: 'small', version: '1.0.0', type: 'module', ...fields })),
    lock: async () => {
      await run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: dir, env })
    },
    bootstrap: () => outcome(run(process.execPath, ['api/cli/bootstrap.mjs'], { cwd: dir, env })),
    start: (script, ...args) =>
      spawn(process.execPath, [path.join('api', 'cli', script), ...args], { cwd: dir, env }),
    remove: () => rm(dir, { recursive: true }),
  }
}
