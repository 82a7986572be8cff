import { readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { Command, Option } from 'commander'
import { z } from 'zod'
import { requestStatuses } from '#api/http/requests/answer.ts'
import { apiAddress, askApi, onBehalfOf } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'

type Options = { url?: string; user?: string; json?: boolean }

const receiptSchema = z.object({
  id: z.string(),
  status: z.string(),
  sequences: z.array(z.object({ id: z.string(), name: z.string() })),
  warnings: z.array(z.object({ code: z.string(), path: z.string(), message: z.string() })),
})

const listSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      name: z.string(),
      user_id: z.string(),
      programme_id: z.string(),
      sequence_count: z.number(),
    }),
  ),
  next: z.number().nullable(),
})

const print = (text: string): void => void process.stdout.write(`${text}\n`)

const ask = async (path: string, { url, user }: Options, init: RequestInit = {}): Promise<unknown> => {
  const headers = { ...onBehalfOf(user), ...init.headers }
  return (await askApi(apiAddress(url), path, { ...init, headers })).json()
}

const showReceipt = (given: unknown, { json }: Options): void => {
  const { id, status, sequences, warnings } = receiptSchema.parse(given)
  const lines = [`${id} ${status}`, ...sequences.map((sequence) => `  ${sequence.id}  ${sequence.name}`)]
  print(json ? JSON.stringify(given, null, 2) : lines.join('\n'))
  for (const { code, path, message } of warnings) process.stderr.write(`${code} ${path}: ${message}\n`)
}

const bytesOf = (file: string): Uint8Array<ArrayBuffer> => {
  try {
    return new Uint8Array(readFileSync(file))
  } catch (error) {
    throw new CommandFailed(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
      'badInput',
    )
  }
}

const submit = async (
  file: string,
  { draft = false, strict = false, ...options }: Options & { draft?: boolean; strict?: boolean },
): Promise<void> => {
  const kind = /\.(xml|json)$/i.exec(file)?.[1]?.toLowerCase()
  if (!kind) throw new CommandFailed(`${file} is neither .xml nor .json`, 'badInput')
  const answer = await ask(`/api/requests?draft=${draft}&strict=${strict}`, options, {
    method: 'POST',
    headers: { 'content-type': `application/${kind}` },
    body: bytesOf(file),
  })
  showReceipt(answer, options)
}

const list = async ({
  status,
  programme,
  by,
  limit,
  ...options
}: Options & { status?: string; programme?: string; by?: string; limit: string }): Promise<void> => {
  const query = new URLSearchParams({
    limit,
    ...(status ? { status } : {}),
    ...(programme ? { programme } : {}),
    ...(by ? { user: by } : {}),
  })
  const answer = await ask(`/api/requests?${query}`, options)
  if (options.json) return print(JSON.stringify(answer, null, 2))
  const table = new Table({
    head: ['id', 'status', 'name', 'user', 'programme', 'sequences'],
    style: { head: [], border: [] },
  })
  for (const item of listSchema.parse(answer).items)
    table.push([item.id, item.status, item.name, item.user_id, item.programme_id, item.sequence_count])
  print(table.toString())
}

const show = async (id: string, options: Options): Promise<void> =>
  print(JSON.stringify(await ask(`/api/requests/${encodeURIComponent(id)}`, options), null, 2))

const withdraw = async (id: string, { why, ...options }: Options & { why?: string }): Promise<void> => {
  const query = why === undefined ? '' : `?${new URLSearchParams({ why })}`
  showReceipt(
    await ask(`/api/requests/${encodeURIComponent(id)}/withdraw${query}`, options, { method: 'POST' }),
    options,
  )
}

const withApi = (command: Command): Command =>
  command
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .addOption(
      new Option('--user <id>', 'for whom; by default you, be you whoever sits here').env('NOCTUARY_USER'),
    )
    .option('--json', 'the answer as JSON')

export const requestCommand = (): Command => {
  const request = new Command('request')
    .description('hand in, list, show and withdraw requests for observations')
    .addHelpText('after', exitCodeHelp('badInput', 'refused', 'notAllowed', 'logAway'))
  withApi(request.command('submit'))
    .description('hand in a request file; it is submitted unless it is a draft')
    .argument('<file>', 'JSON, or PYROS’s XML')
    .option('--draft', 'keep it as a draft, to be submitted later')
    .option('--strict', 'XML: refuse what is merely odd')
    .action(submit)
  withApi(request.command('list'))
    .description('requests, newest first')
    .addOption(new Option('--status <status>', 'only those').choices(requestStatuses))
    .option('--programme <id>', 'only its requests')
    .option('--by <user>', 'only theirs')
    .option('--limit <number>', 'at the most', '50')
    .action(list)
  withApi(request.command('show'))
    .description('a request as JSON, with all that is asked for')
    .argument('<id>')
    .action(show)
  withApi(request.command('withdraw'))
    .description('take a request back, for good')
    .argument('<id>')
    .option('--why <text>', 'on record')
    .action(withdraw)
  return request
}
