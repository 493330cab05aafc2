import type { JsonNode } from '../json/json-node.ts'

/**
 * Which rows were given out, and how often. Rows have no id, and two that are alike may both be true: so not a row is
 * remembered but how many of it there are.
 */
export class RowCounts {
  readonly #given = new Map<string, number>()

  /**
   * Starts to read a list, or a part of it, from its beginning: the function takes its pages one by one and returns
   * those rows of them that were not given out yet.
   */
  reading(): (rows: readonly JsonNode[]) => readonly JsonNode[] {
    const read = new Map<string, number>()
    return rows =>
      rows.filter(row => {
        const key = rowKey(row)
        const count = (read.get(key) ?? 0) + 1
        read.set(key, count)
        if (count <= (this.#given.get(key) ?? 0)) return false
        this.#given.set(key, count)
        return true
      })
  }

  /** Keeps the memory small where old rows cannot come again. */
  forgetAllBut(isKept: (key: string) => boolean): void {
    for (const key of this.#given.keys()) if (!isKept(key)) this.#given.delete(key)
  }
}

/** The row's text: alike for rows that are alike. */
export function rowKey(row: JsonNode): string {
  return JSON.stringify(row.value)
}
