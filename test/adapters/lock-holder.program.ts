// A program that locks the folder it is given and holds it until it is killed.
import { DataDirLocked, lockDataDir } from '#adapters/data-dir-lock.ts'

const [dir = ''] = process.argv.slice(2)
try {
  await lockDataDir(dir)
  console.log('locked')
  setInterval(() => {}, 60_000)
} catch (error) {
  if (!(error instanceof DataDirLocked)) throw error
  console.log('refused')
}
