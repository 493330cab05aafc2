const LETTER_A = 0x61
const CAPITAL_A = 0x41

/**
 * Applies a TLCP-diff: COPY n, ADD n text, DEL n, and again, ending after any. What is left of the old value is dropped.
 * Numbers are base 26 in letters, most significant first, the last one in lower case. Source: TLCP specification, "TLCP-diff".
 * @returns `null` when the diff does not fit the value.
 */
export function applyTextDiff(old: string, diff: string): string | null {
  const reader = new DiffReader(diff)
  let result = ''
  let from = 0
  while (!reader.isAtEnd) {
    const copied = reader.number()
    if (copied === null || from + copied > old.length) return null
    result += old.slice(from, from + copied)
    from += copied
    if (reader.isAtEnd) break
    const added = reader.number()
    const text = added === null ? null : reader.text(added)
    if (text === null) return null
    result += text
    if (reader.isAtEnd) break
    const deleted = reader.number()
    if (deleted === null || from + deleted > old.length) return null
    from += deleted
  }
  return result
}

class DiffReader {
  readonly #diff: string
  #at = 0

  constructor(diff: string) {
    this.#diff = diff
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#diff.length
  }

  number(): number | null {
    let number = 0
    while (this.#at < this.#diff.length) {
      const code = this.#diff.charCodeAt(this.#at++)
      const low = code - LETTER_A
      if (low >= 0 && low < 26) return number * 26 + low
      const high = code - CAPITAL_A
      if (high < 0 || high >= 26 || number > 1e12) return null
      number = number * 26 + high
    }
    return null
  }

  text(length: number): string | null {
    if (this.#at + length > this.#diff.length) return null
    const text = this.#diff.slice(this.#at, this.#at + length)
    this.#at += length
    return text
  }
}
