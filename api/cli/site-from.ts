import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Site, sanPedroMartir, siteSchema } from '#domain/shared/site.ts'
import { CommandFailed } from './command-failed.ts'
import { readJson } from './read-json.ts'

/** The site a command is about: the observatory's own, or one described in a file. */
export const siteFrom = (given: string): Site => {
  if (given === sanPedroMartir.id) return sanPedroMartir
  const read = siteSchema.safeParse(readJson(given, (file) => readFileSync(file, 'utf8')))
  if (read.success) return read.data
  throw new CommandFailed(`${given} does not describe a site:\n${z.prettifyError(read.error)}`, 'badInput')
}
