import type { ImageWorks } from '#commands/images/image-works.ts'
import { buildMaster } from './build-master.ts'
import { calibrateImage } from './calibrate-image.ts'

/** Works on images within the caller's own thread: for simulated time, which stands meanwhile. */
export const imageWorksHere = (dataDir: string): ImageWorks & { close(): Promise<void> } => ({
  master: async (job) => buildMaster(dataDir, job),
  image: async (job) => calibrateImage(dataDir, job),
  close: async () => {},
})
