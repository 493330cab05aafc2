import type { WriteStream } from 'node:tty'

/** Some lines at the foot of a terminal that are written over again and again; nothing at all in a pipe or a file. */
export interface FootLines {
  /** Each no longer than the terminal is wide. */
  show(lines: (columns: number) => readonly string[]): void
  /** Does something above them: they are taken away meanwhile. */
  above(write: () => void): void
  clear(): void
}

type FootStream = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number }

export function footLines(stream: FootStream): FootLines {
  let shown: readonly string[] = []
  function erase(): void {
    if (shown.length === 0) return
    // To the first of them, and everything from there on.
    stream.write(`\r${shown.length > 1 ? `\x1b[${shown.length - 1}A` : ''}\x1b[J`)
    shown = []
  }
  function draw(lines: readonly string[]): void {
    if (lines.length === shown.length && lines.every((line, at) => line === shown[at])) return
    erase()
    stream.write(lines.join('\n'))
    shown = lines
  }
  return {
    show(linesOf) {
      if (!stream.isTTY) return
      // A line that wraps could not be written over; a terminal that does not know its width says 0.
      const columns = (stream.columns || 80) - 1
      draw(linesOf(columns).map(line => line.slice(0, columns)))
    },
    above(write) {
      const under = shown
      erase()
      write()
      if (under.length > 0) draw(under)
    },
    clear: erase,
  }
}
