/** Our environment without the variables that would steer Postgres: PGDATA, PGPORT, PGOPTIONS… */
export const postgresEnvironment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}
