/** Lines that replace each other on a terminal; elsewhere each change is a line of its own. */
export type Progress = {
  show(lines: readonly string[]): void
  end(): void
}

const width = 24

export const bar = (share: number): string => {
  const done = Math.floor(share * width)
  return `${'█'.repeat(done)}${'░'.repeat(width - done)} ${`${Math.floor(share * 100)}`.padStart(3)} %`
}

export const duration = (seconds: number | null): string => {
  if (seconds === null) return '?'
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}

export const progressOn = (out: NodeJS.WriteStream): Progress => {
  let shown: readonly string[] = []
  const show = (lines: readonly string[]) => {
    if (out.isTTY) {
      if (shown.length > 0) out.moveCursor(0, -shown.length)
      for (const line of lines) {
        out.clearLine(0)
        out.write(`${line}\n`)
      }
    } else for (const line of lines) if (!shown.includes(line)) out.write(`${line}\n`)
    shown = lines
  }
  return { show, end: () => {} }
}
