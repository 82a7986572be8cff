import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Signal } from '#projections/engine/signal.ts'

const saidSchema = z.object({
  name: z.string(),
  generation: z.number(),
  role: z.string(),
  state: z.string(),
  events: z.number(),
  error: z.string().nullable(),
})

export type Said = z.output<typeof saidSchema>

const program = fileURLToPath(new URL('../projections/runner.program.ts', import.meta.url))

/** The product's projections in a process of their own, which can be killed; it ends with this one. */
export const startRunnerProcess = (eventStoreUrl: string, databaseUrl: string, ...names: string[]) => {
  const child = spawn(process.execPath, [program, eventStoreUrl, databaseUrl, ...names], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: Said[] = []
  const spoke = new Signal()
  let ended = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(saidSchema.parse(JSON.parse(line)))
    spoke.fire()
  })
  const exited = once(child, 'exit').then(() => {
    ended = true
    spoke.fire()
  })
  return {
    /** Resolves with the first thing said that is as wanted. */
    until: async (wanted: (status: Said) => boolean): Promise<Said> => {
      for (let next = 0; ; next++) {
        while (next >= said.length) {
          if (ended) throw new Error('the runner has ended')
          await spoke.changed()
        }
        const status = said[next]
        if (status && wanted(status)) return status
      }
    },
    /** With -9, as the machine would. */
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
