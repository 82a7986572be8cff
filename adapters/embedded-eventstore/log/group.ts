/** Events that reach the disk together, with one sync. */
export class CommitGroup {
  /** Log position of the first byte. */
  readonly start: number
  /** Whether the group opens a new segment. */
  readonly rolls: boolean
  readonly committed: Promise<void>
  bytes = Buffer.allocUnsafeSlow(4_096)
  length = 0
  resolve: () => void = () => {}
  reject: (error: Error) => void = () => {}

  constructor(start: number, rolls: boolean) {
    this.start = start
    this.rolls = rolls
    this.committed = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    // Those who wait see the rejection; with nobody waiting it must not end the process.
    this.committed.catch(() => {})
  }

  get end(): number {
    return this.start + this.length
  }

  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow((this.length + more) * 2)
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}
