/** The embedded Postgres cannot run; the message says what is wrong and what would be right. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code = 'embedded_postgres_failed'
}
