import { CommandFailed } from './command-failed.ts'
/** A file as JSON; what is wrong with it as a sentence with its name. */
export const readJson = (file: string, read: (file: string) => string): unknown => {
  let text: string
  try {
    text = read(file)
  } catch (error) {
    throw new CommandFailed(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
      'badInput',
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandFailed(
      `${file} is not JSON: ${error instanceof Error ? error.message : error}`,
      'badInput',
    )
  }
}
