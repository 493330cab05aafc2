import type { WriteStream } from 'node:tty'

/** One line at the foot of a terminal that is written over again and again; nothing at all in a pipe or a file. */
export interface ProgressLine {
  show(text: string): void
  /** Writes a line for good, above the one that changes. */
  print(text: string): void
  /** Takes the changing line away. */
  clear(): void
}

export function progressLine(stream: Pick<WriteStream, 'write'> & { isTTY?: boolean; columns?: number }): ProgressLine {
  let shown = ''
  function draw(text: string): void {
    if (!stream.isTTY || text === shown) return
    shown = text
    // A line that wraps could not be written over; a terminal that does not know its width says 0.
    stream.write(`\r${text.slice(0, (stream.columns || 80) - 1)}\x1b[K`)
  }
  return {
    show: draw,
    print(text) {
      const under = shown
      draw('')
      stream.write(`${text}\n`)
      draw(under)
    },
    clear: () => draw(''),
  }
}
