import { type Agent, agentOfTasks } from '#commands/agents/agent.ts'
import { isWeatherWatched } from '#commands/devices/load-situation.ts'
import { openTonight } from '#commands/night/open-tonight.ts'
import { majordomeDispatch } from '#commands/observing/dispatch.ts'
import type { ProcessStatus } from '#commands/process/parts.ts'
import { majordome } from '#domain/night/majordome/majordome.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Heart } from './devices.ts'
import { type ProcessGround, processTask } from './process-task.ts'

/** The dome closes by itself ten seconds after the last beat. */
const beatMs = 5_000
/** After one that was left out. */
const againMs = 1_000

/**
 * The majordome as an agent. Its heart beats only while it decides and while somebody judges the weather: a conductor that
 * is stuck, and one who would not hear of rain, lets the dome close.
 */
export const majordomeAgent = (ground: ProcessGround, heart: Heart, say: (line: string) => void): Agent => {
  const { clock, site } = ground
  let status: ProcessStatus['state'] = 'behind'
  let trouble: string | null = null
  let hasBeaten = false

  const missed = (words: string): void => {
    // Before the first one it is no news: the others are still starting.
    if (hasBeaten && words !== trouble) say(`majordome: no beat to the dome: ${words}`)
    trouble = words
  }
  /** Whether it was one. */
  const beat = async (): Promise<boolean> => {
    try {
      if (status !== 'live' || !heart.beat) return false
      if (!(await isWeatherWatched(ground, instantOf(clock.now())))) {
        missed('nobody judges the weather')
        return false
      }
      await heart.beat()
      hasBeaten = true
      trouble = null
      return true
    } catch (error) {
      missed(error instanceof Error ? error.message : `${error}`)
      return false
    }
  }
  const beatOn = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const nextMs = (await beat()) ? beatMs : againMs
      await clock.sleepUntil(clock.now() + nextMs, signal).catch(() => {})
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
