#!/usr/bin/env node
// The command, on whatever Node the machine has: installs what is missing and hands over to Node 24.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { nodeToUse } from './bundled-node.mjs'
import { root } from './root.mjs'

const run = () => {
  const main = path.join(root, 'api', 'main.ts')
  const child = spawn(nodeToUse(), [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    // A program ended by a signal is to look so to our caller too.
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    } else process.exitCode = code ?? 1
  })
}

const complaint = bootstrap()
if (complaint === undefined) run()
else {
  console.error(complaint)
  process.exitCode = 1
}
