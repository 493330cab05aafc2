export interface LineWriterPorts {
  /** Writes without waiting for the terminal, and calls back when it has taken the text. */
  readonly write: (text: string, done: (error: Error | null) => void) => void
  /** Writes at once, for when nothing comes after. */
  readonly writeNow: (text: string) => void
}

/** Who waits for a terminal that takes nothing: a second of frames (our choice). */
const MOST_TAKERS = 60

/** Lines in their order to a terminal that may be slow: whoever has something to say never waits for it. */
export interface LineWriter {
  write(text: string): void
  /** Calls back once the terminal has taken all that was written so far: at once, but not within the call, when it has. */
  whenTaken(run: () => void): void
  /** What still waits, at once. */
  flush(): void
}

/** Characters kept for a terminal that takes nothing: hours of events (our choice). Of more, the oldest go. */
const MOST_WAITING = 1_000_000

export function lineWriter({ write, writeNow }: LineWriterPorts): LineWriter {
  let waiting = ''
  let isWriting = false
  let takers: (() => void)[] = []

  function next(): void {
    if (isWriting) return
    if (waiting === '') {
      for (const run of takers.splice(0)) run()
      return
    }
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
    whenTaken(run) {
      if (!isWriting && waiting === '') return queueMicrotask(run)
      takers.push(run)
      // Of a terminal that takes nothing the newest are enough: each stands for all before.
      if (takers.length > MOST_TAKERS) takers = takers.slice(-MOST_TAKERS)
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
