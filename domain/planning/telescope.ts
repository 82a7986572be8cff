import { z } from 'zod'

const axis = (speedDegS: number, accelerationDegS2: number) =>
  z
    .strictObject({
      speedDegS: z.number().positive().default(speedDegS),
      accelerationDegS2: z.number().positive().default(accelerationDegS2),
    })
    .prefault({})

const seconds = (byDefault: number) => z.number().nonnegative().max(3600).default(byDefault)

const slewingSchema = z
  .strictObject({
    azimuth: axis(4, 2),
    altitude: axis(4, 2),
    dome: axis(3, 1.5),
    settleS: seconds(5),
    acquireS: seconds(10),
    filterChangeS: seconds(8),
    readoutS: seconds(6),
    firstS: seconds(60),
  })
  .prefault({})

/**
 * What passes between two exposures: a constant (PYROS's `max_overhead`), or what an alt-azimuth telescope and its dome
 * need for the way. With the defaults no way takes more than 77 s.
 */
export const setupSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), seconds: z.number().nonnegative().max(3600) }),
  z.strictObject({ kind: z.literal('slewing'), telescope: slewingSchema }),
])
