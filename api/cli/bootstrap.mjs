// Plain JavaScript without dependencies, for any Node from 18: it runs before there is anything else to run with.
// Makes `npm start`, `npm test` and `npx noctuary` each enough on a fresh machine; a second run takes about 20 ms.
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { complaintAboutNode } from './bundled-node.mjs'
import { withInstallLock } from './install-lock.mjs'
import { install, linkCommand, whatIsMissing } from './installation.mjs'

const installOnce = () => {
  // Another terminal may have done it while we waited for the lock.
  if (whatIsMissing() === undefined) return undefined
  const complaint = install()
  if (complaint !== undefined) return complaint
  const missing = whatIsMissing()
  return (
    missing &&
    `npm ci ended well, yet ${missing}: look at the network and the registry, then run the command again`
  )
}

/** Installs what is missing; answers with what went wrong, if anything did. */
export const bootstrap = () => {
  const complaint = whatIsMissing() === undefined ? undefined : withInstallLock(installOnce)
  if (complaint !== undefined) return complaint
  linkCommand()
  return complaintAboutNode()
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const complaint = bootstrap()
  if (complaint !== undefined) {
    console.error(complaint)
    process.exitCode = 1
  }
}
