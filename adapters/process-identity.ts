import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const bootId = () => readFile('/proc/sys/kernel/random/boot_id', 'utf8').then((id) => id.trim())

const linuxStart = async (pid: number): Promise<string | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The command name stands in brackets and may itself hold spaces and brackets: count from the last one.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie does nothing any more; pid 1 of a container may reap it late or never.
  if (fields === undefined || fields[0] === 'Z') return undefined
  return `${await bootId()}:${fields[19]}`
}

const portableStart = async (pid: number): Promise<string | undefined> => {
  const listed = await run('ps', ['-o', 'lstart=', '-p', `${pid}`]).catch(() => undefined)
  return listed?.stdout.trim() || undefined
}

/** When a process started, in words that no later process with the same pid will repeat; undefined when none runs. */
export const startOfProcess = (pid: number): Promise<string | undefined> =>
  process.platform === 'linux' ? linuxStart(pid) : portableStart(pid)
