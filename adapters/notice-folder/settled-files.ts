import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

export type SeenFile = {
  readonly name: string
  readonly size: number
  readonly mtimeMs: number
  readonly inode: number
}

/** Hidden files, and what programs call a file they are still writing. */
const isUnfinishedByName = (name: string) => /^\.|\.(tmp|part|partial|swp)$|~$/.test(name)

const seen = async (folder: string, name: string): Promise<SeenFile[]> => {
  // Gone between listing and looking: whoever moved it knows why.
  const found = await stat(path.join(folder, name)).catch(() => null)
  return found?.isFile() ? [{ name, size: found.size, mtimeMs: found.mtimeMs, inode: found.ino }] : []
}

/** The files of a folder, oldest first; an empty one was begun and no more. */
export const filesIn = async (folder: string): Promise<SeenFile[]> => {
  const names = (await readdir(folder)).filter((name) => !isUnfinishedByName(name))
  const files = (await Promise.all(names.map((name) => seen(folder, name)))).flat()
  return files
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1))
}

export const isSame = (a: SeenFile | undefined, b: SeenFile): boolean =>
  a !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs && a.inode === b.inode
