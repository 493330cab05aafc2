/** Whole lines that go out together, encoded once however many clients get them. */
export interface Chunk {
  /** Each line with its line end. */
  readonly text: string
  readonly lines: number
  bytes(): Buffer
}

export function chunk(lines: readonly string[]): Chunk {
  return chunkOf(`${lines.join('\r\n')}\r\n`, lines.length)
}

/** The lines after the first so many. */
export function chunkAfter({ text, lines }: Chunk, skipped: number): Chunk {
  let start = 0
  for (let line = 0; line < skipped; line++) start = text.indexOf('\r\n', start) + 2
  return chunkOf(text.slice(start), lines - skipped)
}

function chunkOf(text: string, lines: number): Chunk {
  let encoded: Buffer | null = null
  return {
    text,
    lines,
    bytes() {
      encoded ??= Buffer.from(text)
      return encoded
    },
  }
}
