import { Command } from 'commander'
import { healthSchema } from '#api/http/health.ts'
import { apiAddress } from './ask-api.ts'
import { bearerFor } from './bearer.ts'

const show = (health: ReturnType<typeof healthSchema.parse>): string => {
  const parts = health.parts.map(
    ({ name, state, detail }) => `  ${name.padEnd(20)} ${state.padEnd(12)} ${detail}`,
  )
  const projections = health.projections.map(({ name, state, events, lagSeconds, error }) => {
    const lag =
      lagSeconds === null ? 'nothing projected yet' : `${events} events, ${lagSeconds.toFixed(1)} s behind`
    return `  ${name.padEnd(20)} ${state.padEnd(12)} ${error ?? lag}`
  })
  return [`${health.status}`, ...parts, ...projections].join('\n')
}

const status = async ({ url }: { url?: string }): Promise<void> => {
  const base = apiAddress(url)
  const bearer = await bearerFor(base)
  const headers: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` }
  const answer = await fetch(new URL('/health', base), { headers }).catch(() => null)
  if (!answer) {
    process.stderr.write(`nothing answers at ${base}; is it running? (npm start)\n`)
    process.exitCode = 1
    return
  }
  const health = healthSchema.parse(await answer.json())
  process.stdout.write(`${show(health)}\n`)
  if (health.status !== 'ok') process.exitCode = 1
}

export const statusCommand = (): Command =>
  new Command('status')
    .description('how each part of a running observatory is; exit code 1 when one is down')
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .action(status)
