/** Lines that replace each other on a terminal; elsewhere they are written now and then. */
export type Progress = {
  show(lines: readonly string[]): void
  /** Instead of the lines shown last, to stay. */
  keep(lines: readonly string[]): void
  /** The lines shown last stay. */
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

const betweenLinesMs = 5_000

export const progressOn = (out: NodeJS.WriteStream): Progress => {
  let shown = 0
  let writtenAt = 0
  let unwritten: readonly string[] = []
  const clear = () => {
    if (shown > 0) {
      out.moveCursor(0, -shown)
      out.clearScreenDown()
    }
    shown = 0
  }
  const write = (lines: readonly string[]) => {
    for (const line of lines) out.write(`${line}\n`)
  }
  return {
    show: (lines) => {
      unwritten = lines
      if (!out.isTTY && Date.now() - writtenAt < betweenLinesMs) return
      clear()
      write(lines)
      unwritten = []
      writtenAt = Date.now()
      if (out.isTTY) shown = lines.length
    },
    keep: (lines) => {
      clear()
      write(lines)
      unwritten = []
    },
    end: () => {
      write(unwritten)
      unwritten = []
      shown = 0
    },
  }
}
