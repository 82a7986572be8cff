// Fails when a process still belongs to the run whose scratch folder is given: by its environment, arguments or place.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const [scratch] = process.argv.slice(2)
const own = new Set([process.pid, process.ppid].map(String))

const read = (look) => {
  try {
    return look()
  } catch {
    return '' // It has ended, or is a zombie, which nobody needs to fear.
  }
}

const belongs = (pid) =>
  read(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(scratch) ||
  read(() => readFileSync(`/proc/${pid}/environ`, 'utf8')).includes(`NOCTUARY_CI=${scratch}`) ||
  read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).includes(scratch)

const left = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !own.has(name) && belongs(name))
for (const pid of left) {
  const words = read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  console.log(`still running: ${pid} ${words}`)
}
if (left.length > 0) process.exitCode = 1
else console.log('none')
