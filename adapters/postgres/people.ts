import { DatabaseError, type Pool, type PoolClient } from 'pg'
import { EmailTaken, type Person, type PersonalData, PersonDiffers } from '#commands/people/personal-data.ts'
import { inTransaction } from './transaction.ts'

// A schema of its own: read models are dropped and filled anew from the log, and this cannot be.
const setup = `
  create schema if not exists people;
  create table if not exists people.person (
    user_id text primary key,
    display_name text not null,
    email text not null
  );
  create unique index if not exists person_email on people.person (lower(email));
  -- Postgres must not keep samples of the values for its statistics.
  alter table people.person alter column user_id set statistics 0,
    alter column display_name set statistics 0, alter column email set statistics 0;
  alter index people.person_email alter column 1 set statistics 0`

/** Any number of ours: who makes the tables waits for another who does. */
const setupLock = 7_231_001

const uniqueViolation = '23505'

const personFrom = (row: { user_id: string; display_name: string; email: string }): Person => ({
  userId: row.user_id,
  displayName: row.display_name,
  email: row.email,
})

const isEmailTaken = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === uniqueViolation && error.constraint === 'person_email'

const telling = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw isEmailTaken(error) ? new EmailTaken() : error
  }
}

const setUp = (pool: Pool): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [setupLock])
    await client.query(setup)
  })

const holdUser = (client: PoolClient, userId: string) =>
  client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`people.person ${userId}`])

const writeDown = async (client: PoolClient, person: Person): Promise<void> => {
  const { userId, displayName, email } = person
  const values = [userId, displayName, email]
  const { rows } = await client.query('select * from people.person where user_id = $1', [userId])
  const [before] = rows.map(personFrom)
  if (!before) {
    // Not by an error: Postgres would write the address into its own log with it.
    const { rowCount } = await client.query(
      'insert into people.person values ($1, $2, $3) on conflict (lower(email)) do nothing',
      values,
    )
    if (rowCount === 0) throw new EmailTaken()
  } else if (before.displayName !== displayName || before.email !== email) throw new PersonDiffers(userId)
}

/** Names and addresses in Postgres. The tables are made when they are first needed. */
export const personalDataIn = (pool: Pool): PersonalData => {
  let ready: Promise<void> | null = null
  const whenReady = (): Promise<void> => {
    ready ??= setUp(pool).catch((error) => {
      ready = null
      throw error
    })
    return ready
  }
  return {
    keep: async (person, work) => {
      await whenReady()
      return telling(
        inTransaction(pool, async (client) => {
          await holdUser(client, person.userId)
          await writeDown(client, person)
          return work()
        }),
      )
    },
    change: async ({ userId, displayName, email }) => {
      await whenReady()
      return telling(
        inTransaction(pool, async (client) => {
          await holdUser(client, userId)
          const { rowCount: others } = await client.query(
            'select 1 from people.person where lower(email) = lower($1) and user_id <> $2',
            [email, userId],
          )
          if (others !== 0) throw new EmailTaken()
          const { rowCount } = await client.query(
            'update people.person set display_name = $2, email = $3 where user_id = $1',
            [userId, displayName, email],
          )
          return rowCount === 1
        }),
      )
    },
    erase: async (userId) => {
      await whenReady()
      await inTransaction(pool, async (client) => {
        await holdUser(client, userId)
        await client.query('lock table people.person in access exclusive mode')
        await client.query('delete from people.person where user_id = $1', [userId])
        // A deleted row's bytes stay in the table's file until it is written anew; in the write-ahead log until that is
        // recycled. Not by `vacuum full`: that copies what any transaction that is open somewhere might still see.
        await client.query('create temporary table kept on commit drop as select * from people.person')
        await client.query('truncate people.person')
        await client.query('insert into people.person select * from kept')
      })
    },
    of: async (userIds) => {
      await whenReady()
      const { rows } = await pool.query('select * from people.person where user_id = any($1)', [userIds])
      return new Map(rows.map(personFrom).map((person) => [person.userId, person]))
    },
  }
}
