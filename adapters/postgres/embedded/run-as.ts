import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './error.ts'

const run = promisify(execFile)

/** A way to run a program that Postgres accepts: it refuses to run as root, and must not outlive us. */
export type RunAs = {
  name: string
  /** Who must own the data folder. */
  owner: { uid: number; gid: number }
  /** Written before the program and its arguments; every word of it execs, so the pid is the program's. */
  prefix: readonly string[]
}

// nobody and nogroup: on every Linux, with no account to create.
const nobody = { uid: 65534, gid: 65534 }
const self = () => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 })

// The kernel sends SIGINT, a clean shutdown, when the thread that started Postgres dies, however it dies.
const lifeline = ['setpriv', '--pdeathsig=INT']
const becomeNobody = [...lifeline, `--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups']
const mapToNobody = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--']

/** Postgres runs as nobody in its own eyes while the files stay ours. */
const userNamespace = (): RunAs => ({
  name: 'user namespace',
  owner: self(),
  prefix: [...mapToNobody, ...lifeline, '--'],
})

// Keeps the right to pass folders closed to nobody, such as /root; without no_setuid_fixup initdb's own check fails.
const capability: RunAs = {
  name: 'nobody with a capability',
  owner: nobody,
  prefix: [
    ...becomeNobody,
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
    '--',
  ],
}

const plainNobody: RunAs = { name: 'nobody', owner: nobody, prefix: [...becomeNobody, '--'] }
const bound = (): RunAs => ({ name: 'this user', owner: self(), prefix: [...lifeline, '--'] })
const bare = (): RunAs => ({ name: 'this user, unbound', owner: self(), prefix: [] })

const hasAccount = () => {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

const candidates = (): RunAs[] => {
  if (process.getuid?.() === 0) return [userNamespace(), capability, plainNobody]
  // initdb wants the user to have a name, which `docker run --user 1234` does not give.
  return hasAccount() ? [bound(), bare()] : [userNamespace(), bare()]
}

const works = ({ prefix }: RunAs, program: string): Promise<boolean> => {
  const [command = program, ...args] = [...prefix, program, '--version']
  return run(command, args).then(
    () => true,
    () => false,
  )
}

/** The ways that this machine and the folder of `program` allow, the best first. */
export async function* waysToRun(program: string): AsyncGenerator<RunAs> {
  for (const candidate of candidates()) if (await works(candidate, program)) yield candidate
}

/** The best way that there is. */
export const chooseRunAs = async (program: string): Promise<RunAs> => {
  for await (const way of waysToRun(program)) return way
  throw new EmbeddedPostgresError(
    `${program} cannot be run here. It does not run as root itself: util-linux (unshare, setpriv) must be installed, ` +
      'and the folders above it open to all; or run as an ordinary user, or set DATABASE_URL to a server of your own',
  )
}
