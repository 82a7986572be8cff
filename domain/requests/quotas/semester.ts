/**
 * The observing semester of a night, e.g. `2026B`: A from February to July, B from August to the January after, as
 * observatories that share time commonly have it. `night` is the date of its evening.
 */
export const semesterOf = (night: string): string => {
  const [year, month] = [Number(night.slice(0, 4)), Number(night.slice(5, 7))]
  if (month === 1) return `${year - 1}B`
  return `${year}${month <= 7 ? 'A' : 'B'}`
}
