import { type Chunk, chunk } from './chunk.ts'
import { encodeRow, type RowValue } from './tlcp-row.ts'

/** The trade item of one subscription: events as they come, none ever merged or dropped. */
export interface EventFeed {
  readonly account: string
  /** Fields that are not part of the event stay as they were. */
  tell(values: Readonly<Record<string, string>>): void
}

export function eventFeed(
  account: string,
  fields: readonly string[],
  prefix: string,
  append: (chunk: Chunk) => void,
): EventFeed {
  let isFirst = true
  return {
    account,
    tell(values) {
      const row = fields.map((field): RowValue => values[field] ?? (isFirst ? null : undefined))
      isFirst = false
      append(chunk([prefix + encodeRow(row)]))
    },
  }
}
