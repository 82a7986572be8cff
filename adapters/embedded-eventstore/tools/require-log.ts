import fs from 'node:fs'
import { LogUnusable } from '../log/errors.ts'
import { segmentBases } from '../log/segment.ts'

/** Says clearly when a folder holds no log. */
export const requireLog = (folder: string): void => {
  if (!fs.existsSync(folder)) throw new LogUnusable(`${folder} does not exist`)
  if (segmentBases(folder).length === 0) throw new LogUnusable(`${folder} holds no event log`)
}
