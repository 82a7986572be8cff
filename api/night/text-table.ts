/** Columns under each other, the first to the left and the others to the right. */
export const textTable = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map(
    (row) =>
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('   ')}`,
  )
}

/** Lines as they are, the rest of them counted. */
export const firstOf = (lines: readonly string[], most: number, omitted = 0): string[] => {
  const left = Math.max(0, lines.length - most) + omitted
  return left > 0 ? [...lines.slice(0, most), `  and ${left} more`] : [...lines]
}
