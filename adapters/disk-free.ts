import { statfs } from 'node:fs/promises'

/** How much of the disk that holds `folder` is free, in per cent; null when nobody can tell. */
export const diskFreePercent = async (folder: string): Promise<number | null> => {
  try {
    const { bavail, blocks } = await statfs(folder)
    return Math.round((bavail / blocks) * 1000) / 10
  } catch {
    return null
  }
}
