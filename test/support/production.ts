const pairs = [
  ['NOCTUARY_TEST_DATABASE_URL', 'DATABASE_URL'],
  ['EVENTSTORE_TEST_URL', 'EVENTSTORE_URL'],
] as const

type Environment = Readonly<Record<string, string | undefined>>

const hostOf = (node: string, defaultPort: number) => {
  const name = node.toLowerCase().replace('localhost', '127.0.0.1')
  return /:\d+$/.test(name) ? name : `${name}:${defaultPort}`
}

// Passwords, options and the order of nodes do not make another server; the database's name does.
const serverOf = (url: string) => {
  const [, scheme = '', authority = url, database = ''] =
    /^(\w+)[\w+]*:\/\/([^/?]*)(?:\/([^?]*))?/.exec(url) ?? []
  const defaultPort = scheme.startsWith('postgres') ? 5432 : 2113
  const nodes = authority.slice(authority.lastIndexOf('@') + 1).split(',')
  return `${nodes.map((node) => hostOf(node, defaultPort)).sort()}/${database}`
}

/** Throws when the suite was pointed at what the observatory itself uses. */
export const refuseProduction = (environment: Environment): void => {
  for (const [test, production] of pairs) {
    const [testUrl, productionUrl] = [environment[test], environment[production]]
    if (testUrl && productionUrl && serverOf(testUrl) === serverOf(productionUrl)) {
      throw new Error(`${test} and ${production} name the same database: give the tests one of their own`)
    }
  }
}

/** Takes the production addresses out of the environment, so that no test and no program it starts can reach them. */
export const forgetProduction = (environment: NodeJS.ProcessEnv): void => {
  for (const [, production] of pairs) delete environment[production]
}
