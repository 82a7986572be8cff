import { execFile } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { testFolder } from '#test/support/test-folder.ts'

const run = promisify(execFile)

export type Folders = {
  empty(): Promise<string>
  /** With a cluster in it, copied: quicker than initdb. */
  used(): Promise<string>
  remove(): Promise<void>
}

/** Data folders for the tests of one file. */
export const openFolders = async (): Promise<Folders> => {
  const scratch = await testFolder()
  // As an ordinary DATA_DIR is: one of the ways to run Postgres has to pass through.
  await chmod(scratch.path, 0o755)
  const template = path.join(scratch.path, 'template')
  let made = 0
  const empty = async () => {
    const folder = path.join(scratch.path, `${++made}`)
    await mkdir(folder)
    return folder
  }
  const used = async () => {
    const folder = await empty()
    // A thousand small files: node's own copy takes several times as long.
    await run('cp', ['-a', `${template}/.`, folder])
    return folder
  }
  const postgres = await startEmbeddedPostgres({ dataDir: template, durable: false })
  await postgres.stop()
  return { empty, used, remove: scratch.remove }
}

/** Rows of one query over one connection. */
export const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
