// A program that holds an embedded Postgres in the folder it is given, until it is killed.
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'

const [dataDir = ''] = process.argv.slice(2)
const { pid, url } = await startEmbeddedPostgres({ dataDir })
console.log(JSON.stringify({ pid, url: url() }))
