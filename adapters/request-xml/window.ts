import { addSeconds, type Instant, instantOf } from '#domain/shared/time.ts'
import type { AttributeReader } from './attributes.ts'

/** The Julian date of 1970-01-01T00:00:00Z. */
const epochJd = 2_440_587.5
const [firstJd, lastJd] = [2_400_000, 2_500_000]
/** Ten years. */
const furthestS = 315_576_000

const fromJd = (jd: number): Instant => instantOf(Math.round((jd - epochJd) * 86_400) * 1000)

/** `jd1` and `jd2` as instants (P26): Julian dates, or with `relative` seconds from its submission. */
export const windowOf = (
  read: AttributeReader,
  relative: boolean,
  submittedAt: Instant,
): { from?: Instant; until?: Instant } => {
  const instant = (name: 'jd1' | 'jd2'): Instant | undefined => {
    const value = read.number(name, { required: false })
    if (value === undefined) return undefined
    if (relative && value >= 0 && value <= furthestS) return addSeconds(submittedAt, value)
    if (!relative && value >= firstJd && value <= lastJd) return fromJd(value)
    const right = relative
      ? `from 0 to ${furthestS} seconds after its submission`
      : `a Julian date from ${firstJd} to ${lastJd}; with relative="1" it would be seconds from its submission`
    read.fault(name, 'TIME_OUT_OF_RANGE', `${value} is not ${right}`)
    return undefined
  }
  const [from, until] = [instant('jd1'), instant('jd2')]
  if (from !== undefined && until !== undefined && from >= until) {
    read.fault('jd2', 'WINDOW_REVERSED', `it ends at ${until}, not after it starts at ${from}`)
    return {}
  }
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
}
