import { readLocalToken } from '#api/auth/local-token.ts'
import { readConfig } from '#api/config.ts'

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * What a command shows to be let in: NOCTUARY_TOKEN, else the token that an observatory on this machine laid into its data
 * folder. That one goes to this machine alone.
 */
export const bearerFor = async (base: string): Promise<string | null> => {
  const given = process.env['NOCTUARY_TOKEN']
  if (given) return given
  const { HOST, DATA_DIR } = readConfig(process.env)
  const { hostname } = new URL(base)
  return loopback.test(hostname) || hostname === HOST ? readLocalToken(DATA_DIR) : null
}

export const tokenHelp =
  '\nWho you are: NOCTUARY_TOKEN (see `noctuary token --help`), or whoever owns the data folder of an\nobservatory on this machine (DATA_DIR).'
