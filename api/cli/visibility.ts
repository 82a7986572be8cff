import Table from 'cli-table3'
import { Command, InvalidArgumentError } from 'commander'
import { comingNight } from '#domain/planning/coming-night.ts'
import { constraintsSchema } from '#domain/planning/input.ts'
import { type Look, lookAt } from '#domain/planning/look.ts'
import { decSchema, raSchema } from '#domain/planning/target.ts'
import { instantOf } from '#domain/shared/time.ts'
import { CommandFailed } from './command-failed.ts'
import { nightFrom } from './night-from.ts'
import { siteFrom } from './site-from.ts'

type Options = {
  ra: number
  dec: number
  night?: string
  site: string
  minAltitude?: number
  maxAirmass?: number
  moonSeparation?: number
  json?: boolean
}

/** Degrees as a number, or hours or degrees as hh:mm:ss. */
const angleFrom =
  (schema: typeof raSchema) =>
  (text: string): number => {
    const read = schema.safeParse(text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text)
    if (read.success) return read.data
    throw new InvalidArgumentError(read.error.issues[0]?.message ?? 'no angle')
  }

const numberFrom = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number is wanted.')
  return value
}

const show = ({ night, from, until, windows, moments, moonIllumination }: Look): string => {
  if (!from || !until) return `the Sun does not go 12° below the horizon in the night of ${night}`
  const table = new Table({
    head: ['UTC', 'alt °', 'airmass', 'Moon alt °', 'Moon sep °'],
    style: { head: [], border: [] },
  })
  table.push(
    ...moments.map((moment) => [
      moment.at.slice(11, 16),
      moment.altitudeDeg.toFixed(1),
      moment.airmass?.toFixed(2) ?? '',
      moment.moonAltitudeDeg.toFixed(0),
      moment.moonSeparationDeg.toFixed(0),
    ]),
  )
  const when = windows.map((window) => `${window.from.slice(11, 19)} to ${window.until.slice(11, 19)} UTC`)
  return [
    `Night of ${night}: Sun below -12° from ${from.slice(0, 19)} to ${until.slice(0, 19)} UTC; the Moon ${Math.round(moonIllumination * 100)} % lit`,
    when.length > 0 ? `observable ${when.join(', ')}` : 'not observable within these limits',
    table.toString(),
  ].join('\n')
}

const run = ({
  ra,
  dec,
  night,
  site: given,
  minAltitude,
  maxAirmass,
  moonSeparation,
  json,
}: Options): void => {
  const limits = constraintsSchema.safeParse({
    minAltitudeDeg: minAltitude,
    maxAirmass,
    minMoonSeparationDeg: moonSeparation,
  })
  if (!limits.success)
    throw new CommandFailed(
      limits.error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n'),
      'badInput',
    )
  const site = siteFrom(given)
  const { night: coming } = comingNight(instantOf(Date.now()), site)
  const look = lookAt({ site, night: night ?? coming }, { raDeg: ra, decDeg: dec }, limits.data)
  process.stdout.write(`${json ? JSON.stringify(look, null, 2) : show(look)}\n`)
}

export const visibilityCommand = (): Command =>
  new Command('visibility')
    .description('when a target can be observed in a night, and how it stands meanwhile')
    .requiredOption('--ra <angle>', 'right ascension: degrees, or hours as 05:34:31.9', angleFrom(raSchema))
    .requiredOption('--dec <angle>', 'declination: degrees, or +22:00:52', angleFrom(decSchema))
    .option('--night <date>', 'the local date of its evening; the coming night', nightFrom)
    .option('--site <id or file>', 'osm, or a JSON file with a site', 'osm')
    .option('--min-altitude <degrees>', 'of the target', numberFrom)
    .option('--max-airmass <limit>', 'of the target', numberFrom)
    .option('--moon-separation <degrees>', 'at least, while the Moon is up', numberFrom)
    .option('--json', 'as JSON')
    .action(run)
