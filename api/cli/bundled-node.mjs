import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

const wanted = 24
const bundled = path.join(root, 'node_modules', '.bin', 'node')
const isEnough = (version) => Number.parseInt(version.replace(/^v/, ''), 10) >= wanted

/** The Node to run the program with: the one from node_modules, or this one where npm has none for the machine. */
export const nodeToUse = () => (existsSync(bundled) ? bundled : process.execPath)

/** What is wrong with that Node, if anything is: an older one would fail later, with a stranger message. */
export const complaintAboutNode = () => {
  const node = nodeToUse()
  if (node === process.execPath) {
    if (isEnough(process.version)) return undefined
    return `Node ${wanted} or later is needed; this is ${process.version}, and npm has none for ${process.platform}-${process.arch}: install it from nodejs.org`
  }
  const { stdout, error } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (error || !isEnough(stdout)) {
    return `${node} should be Node ${wanted} or later and ${error ? `does not run (${error.message})` : `is ${stdout.trim()}`}: remove node_modules and run the command again`
  }
  return undefined
}
