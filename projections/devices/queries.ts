import { readPosition } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

const newest = 20

/** Every device that was ever seen, with its line. In one transaction: no answer mixes two generations. */
export const devicesOf = (database: ReadModels, site: string) =>
  database.transaction().execute(async (db) => {
    const statuses = await db.selectFrom('device_status').selectAll().where('site', '=', site).execute()
    const links = await db.selectFrom('device_link').selectAll().where('site', '=', site).execute()
    return { statuses, links, position: await readPosition(db, 'devices') }
  })

/** The newest commands to a device and its newest alarms. */
export const deviceHistory = async (db: ReadModels, site: string, device: string) => {
  const commands = await db
    .selectFrom('device_command')
    .selectAll()
    .where('site', '=', site)
    .where('device', '=', device)
    .orderBy('requested_at', 'desc')
    .orderBy('conversation_id', 'desc')
    .limit(newest)
    .execute()
  const alarms = await db
    .selectFrom('device_alarm')
    .selectAll()
    .where('site', '=', site)
    .where('device', '=', device)
    .orderBy('raised_at', 'desc')
    .limit(newest)
    .execute()
  return { commands, alarms }
}

export const deviceCommand = (db: ReadModels, conversationId: string) =>
  db.selectFrom('device_command').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst()

export type DeviceCommandRow = NonNullable<Awaited<ReturnType<typeof deviceCommand>>>
