import { z } from 'zod'
import { type Refusal, refuse } from './device.ts'
import type { PlcStatus } from './plc-status.ts'

/** To a simulator only: it says for a while that it rains. */
export const pretendCommand = 'PRETEND_RAIN'

const asked = z.strictObject({
  /** 0 ends what was pretended before. */
  rainMmH: z.number().nonnegative().max(500),
  forS: z.number().positive().max(3600),
})

/** Rain that somebody asked for, over whatever the scenario says. No timer: whether it rains follows from the instant. */
export class PretendedRain {
  #untilMs = 0
  #rainMmH = 0

  tell(parameters: unknown, nowMs: number): Refusal | null {
    const read = asked.safeParse(parameters)
    if (!read.success)
      return refuse('bad_parameters', 'how much rain, for how long? {"rainMmH":5,"forS":60}, at most 3600 s')
    this.#rainMmH = read.data.rainMmH
    this.#untilMs = read.data.rainMmH === 0 ? 0 : nowMs + read.data.forS * 1000
    return null
  }

  /** The status with the rain in it that is pretended at this instant. */
  over(status: PlcStatus, nowMs: number): PlcStatus {
    if (nowMs >= this.#untilMs) return status
    return {
      ...status,
      device: status.device.map((device) => ({
        ...device,
        values: device.values.map((value) =>
          value.name === 'RainRate' ? { ...value, value: this.#rainMmH } : value,
        ),
      })),
    }
  }
}
