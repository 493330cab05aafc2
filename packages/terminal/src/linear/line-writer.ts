export interface LineWriterPorts {
  /** Writes without waiting for the terminal, and calls back when it has taken the text. */
  readonly write: (text: string, done: (error: Error | null) => void) => void
  /** Writes at once, for when nothing comes after. */
  readonly writeNow: (text: string) => void
}

/** Lines in their order to a terminal that may be slow: whoever has something to say never waits for it. */
export interface LineWriter {
  write(text: string): void
  /** What still waits, at once. */
  flush(): void
}

/** Characters kept for a terminal that takes nothing: hours of events (our choice). Of more, the oldest go. */
const MOST_WAITING = 1_000_000

export function lineWriter({ write, writeNow }: LineWriterPorts): LineWriter {
  let waiting = ''
  let isWriting = false

  function next(): void {
    if (isWriting || waiting === '') return
    const text = waiting
    waiting = ''
    isWriting = true
    write(text, () => {
      isWriting = false
      next()
    })
  }

  return {
    write(text) {
      waiting += text
      if (waiting.length > MOST_WAITING)
        waiting = waiting.slice(waiting.indexOf('\n', waiting.length - MOST_WAITING) + 1)
      next()
    },
    flush() {
      const text = waiting
      waiting = ''
      if (text !== '') writeNow(text)
    },
  }
}
