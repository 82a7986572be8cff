import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { PNG } from 'pngjs'
import { NotAnImage, readImage } from '#domain/images/read-image.ts'
import { stretched } from '#domain/images/stretch.ts'
import { HttpProblem } from './problem.ts'

const isIn = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}

/** The file that the log names, from the data folder's images and nowhere else. */
export const imageBytes = async (dataDir: string, file: string): Promise<Buffer> => {
  const whole = path.resolve(dataDir, file)
  const gone = `The log names ${file}, and the data folder has no such file.`
  if (!isIn(path.resolve(dataDir, 'images'), whole))
    throw new HttpProblem(410, 'image_file_gone', 'The file is not there', gone)
  try {
    return await readFile(whole)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    throw new HttpProblem(410, 'image_file_gone', 'The file is not there', gone)
  }
}

/** The image for a browser: north up, as the sky is drawn. */
export const previewOf = (bytes: Uint8Array): Buffer => {
  try {
    const { width, height, pixels } = readImage(bytes)
    const brightness = stretched(pixels)
    const png = new PNG({ width, height, colorType: 0 })
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const value = brightness[(height - 1 - row) * width + column] ?? 0
        png.data.set([value, value, value, 255], (row * width + column) * 4)
      }
    return PNG.sync.write(png, { colorType: 0 })
  } catch (error) {
    if (!(error instanceof NotAnImage)) throw error
    throw new HttpProblem(422, 'image_unreadable', 'No preview', `${error.message}.`)
  }
}
