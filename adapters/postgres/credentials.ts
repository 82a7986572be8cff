import type { Pool, PoolClient } from 'pg'
import { z } from 'zod'
import type { Credentials, Session, Token } from '#commands/people/credentials.ts'
import { rightSchema } from '#domain/people/rights.ts'
import { inTransaction } from './transaction.ts'

// A schema of its own: read models are dropped and filled anew from the log, and this cannot be.
const setup = `
  create schema if not exists access;
  create table if not exists access.password (
    user_id text primary key,
    hash text not null,
    set_at timestamptz not null
  );
  create table if not exists access.session (
    key bytea primary key,
    user_id text not null,
    user_revision bigint not null,
    began_at timestamptz not null,
    seen_at timestamptz not null
  );
  create index if not exists session_of_user on access.session (user_id, began_at);
  create table if not exists access.token (
    id text primary key,
    key bytea not null unique,
    user_id text not null,
    name text not null,
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    used_at timestamptz
  );
  create index if not exists token_of_user on access.token (user_id)`

/** Any numbers of ours: who makes the tables waits for another who does, and so does who sets the very first password. */
const setupLock = 7_231_002
const firstPasswordLock = 7_231_003

const mostSessions = 50

const instant = z.union([z.date(), z.string()]).transform((time) => new Date(time).toISOString())

const sessionFrom = z
  .object({
    user_id: z.string(),
    user_revision: z.union([z.number(), z.string()]),
    began_at: instant,
    seen_at: instant,
  })
  .transform(
    (row): Session => ({
      userId: row.user_id,
      userRevision: BigInt(row.user_revision),
      beganAt: row.began_at,
      seenAt: row.seen_at,
    }),
  )

const tokenFrom = z
  .object({
    id: z.string(),
    user_id: z.string(),
    name: z.string(),
    scopes: z.array(rightSchema),
    created_at: instant,
    expires_at: instant.nullable(),
    used_at: instant.nullable(),
  })
  .transform(
    (row): Token => ({
      id: row.id,
      userId: row.user_id,
      name: row.name,
      scopes: row.scopes,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
    }),
  )

const setPassword = async (client: PoolClient, userId: string, hash: string, at: string) => {
  await client.query(
    `insert into access.password values ($1, $2, $3)
     on conflict (user_id) do update set hash = excluded.hash, set_at = excluded.set_at`,
    [userId, hash, at],
  )
  await client.query('delete from access.session where user_id = $1', [userId])
}

/** Passwords, sessions and tokens in Postgres. The tables are made when they are first needed. */
export const credentialsIn = (pool: Pool): Credentials => {
  let ready: Promise<unknown> | null = null
  const whenReady = async (): Promise<void> => {
    ready ??= inTransaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [setupLock])
      await client.query(setup)
    }).catch((error) => {
      ready = null
      throw error
    })
    await ready
  }
  const query = async (text: string, values: unknown[] = []) => {
    await whenReady()
    return pool.query(text, values)
  }
  const change = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    await whenReady()
    return inTransaction(pool, work)
  }
  const tokensBy = async (where: string, values: unknown[]) =>
    z.array(tokenFrom).parse((await query(`select * from access.token ${where}`, values)).rows)

  return {
    anyPassword: async () => (await query('select 1 from access.password limit 1')).rowCount === 1,
    passwordOf: async (userId) => {
      const { rows } = await query('select hash from access.password where user_id = $1', [userId])
      return z.array(z.object({ hash: z.string() })).parse(rows)[0]?.hash ?? null
    },
    setPassword: (userId, hash, at, first) =>
      change(async (client) => {
        if (first) {
          await client.query('select pg_advisory_xact_lock($1)', [firstPasswordLock])
          const { rowCount } = await client.query('select 1 from access.password limit 1')
          if (rowCount !== 0) return false
        }
        await setPassword(client, userId, hash, at)
        return true
      }),
    beginSession: (key, { userId, userRevision, beganAt, seenAt }) =>
      change(async (client) => {
        await client.query(
          `delete from access.session where key in
             (select key from access.session where user_id = $1 order by began_at desc offset $2)`,
          [userId, mostSessions - 1],
        )
        await client.query('insert into access.session values ($1, $2, $3, $4, $5)', [
          ...[key, userId, `${userRevision}`, beganAt, seenAt],
        ])
      }),
    session: async (key) => {
      const { rows } = await query('select * from access.session where key = $1', [key])
      return z.array(sessionFrom).parse(rows)[0] ?? null
    },
    sessionSeen: async (key, at) => {
      await query('update access.session set seen_at = $2 where key = $1', [key, at])
    },
    endSession: async (key) => {
      await query('delete from access.session where key = $1', [key])
    },
    dropSessions: async (notSeenSince, begunBefore) => {
      await query('delete from access.session where seen_at < $1 or began_at < $2', [
        notSeenSince,
        begunBefore,
      ])
    },
    addToken: async (key, { id, userId, name, scopes, createdAt, expiresAt }) => {
      await query('insert into access.token values ($1, $2, $3, $4, $5, $6, $7, null)', [
        ...[id, key, userId, name, [...scopes], createdAt, expiresAt],
      ])
    },
    token: async (key) => (await tokensBy('where key = $1', [key]))[0] ?? null,
    tokenById: async (id) => (await tokensBy('where id = $1', [id]))[0] ?? null,
    tokenUsed: async (id, at) => {
      await query('update access.token set used_at = $2 where id = $1', [id, at])
    },
    tokens: (userId) =>
      userId === null
        ? tokensBy('order by created_at, id', [])
        : tokensBy('where user_id = $1 order by created_at, id', [userId]),
    removeToken: async (id) => (await query('delete from access.token where id = $1', [id])).rowCount === 1,
    forget: (userId) =>
      change(async (client) => {
        for (const table of ['password', 'session', 'token'])
          await client.query(`delete from access.${table} where user_id = $1`, [userId])
      }),
  }
}
