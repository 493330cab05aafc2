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
    const text = newest(waiting)
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
      // Not with every line: cutting costs as much as there is.
      if (waiting.length > 2 * MOST_WAITING) waiting = newest(waiting)
      next()
    },
    flush() {
      const text = newest(waiting)
      waiting = ''
      if (text !== '') writeNow(text)
    },
  }
}

/** Whole lines from the end, at most {@link MOST_WAITING} characters. */
function newest(text: string): string {
  return text.length <= MOST_WAITING ? text : text.slice(text.indexOf('\n', text.length - MOST_WAITING) + 1)
}
