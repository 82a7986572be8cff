import { type Agent, agentOfTasks } from '#commands/agents/agent.ts'
import { openTonight } from '#commands/night/open-tonight.ts'
import { majordomeDispatch } from '#commands/observing/dispatch.ts'
import type { ProcessStatus } from '#commands/process/parts.ts'
import { majordome } from '#domain/night/majordome/majordome.ts'
import type { Heart } from './devices.ts'
import { type ProcessGround, processTask } from './process-task.ts'

/** The dome closes by itself ten seconds after the last beat. */
const beatMs = 5_000

/** The majordome as an agent. Its heart beats only while it decides: a conductor that is stuck lets the dome close. */
export const majordomeAgent = (ground: ProcessGround, heart: Heart, say: (line: string) => void): Agent => {
  const { clock, site } = ground
  let status: ProcessStatus['state'] = 'behind'
  let trouble: string | null = null

  const beat = async (): Promise<void> => {
    try {
      if (status === 'live') await heart.beat?.()
      trouble = null
    } catch (error) {
      const words = error instanceof Error ? error.message : `${error}`
      if (words !== trouble) say(`majordome: no beat to the dome: ${words}`)
      trouble = words
    }
  }
  const beatOn = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await beat()
      await clock.sleepUntil(clock.now() + beatMs, signal).catch(() => {})
    }
  }
  const open = async (signal: AbortSignal): Promise<void> => {
    await openTonight(ground, signal)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  }
  return agentOfTasks('majordome', [
    processTask(ground, majordome(site), majordomeDispatch(ground), ({ state }) => {
      const begins = state === 'live' && status !== 'live'
      status = state
      // The roof is not opened before the first beat: it need not wait five seconds for it.
      if (begins) void beat()
    }),
    { name: 'night', run: open },
    { name: 'heart', run: beatOn },
  ])
}
