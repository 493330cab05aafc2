/** Cuts incoming text into lines, wherever its chunks end. */
export interface LineSplitter {
  push(chunk: string, onLine: (line: string) => void): void
}

/**
 * @param maxLength of one line that has not ended yet, in characters (our choice: no line of a working server comes near).
 * @throws {RangeError} from `push` when a line grows beyond it.
 */
export function lineSplitter(maxLength = 4 * 1024 * 1024): LineSplitter {
  let rest = ''
  return {
    push(chunk, onLine) {
      const text = rest === '' ? chunk : rest + chunk
      rest = ''
      let start = 0
      // Lines end in CR LF (TLCP specification, "General format of responses"); a bare CR or LF is part of the line.
      for (let end = text.indexOf('\r\n'); end !== -1; end = text.indexOf('\r\n', start)) {
        const line = text.slice(start, end)
        start = end + 2
        if (line !== '') onLine(line)
      }
      rest = text.slice(start)
      if (rest.length > maxLength) {
        throw new RangeError(`expected a line end within ${maxLength} characters, but got none; the server is broken`)
      }
    },
  }
}
