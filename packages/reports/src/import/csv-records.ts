import { ImportError } from './import-error.ts'

export interface CsvRecord {
  /** On which it begins, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * The records of a text with fields parted by `mark`; empty lines are none. Quotes only where a field begins with one.
 * @see RFC 4180, section 2
 * @throws {ImportError} for a quote that does not end
 */
export function csvRecords(text: string, mark: ',' | ';' | '\t'): readonly CsvRecord[] {
  const records: CsvRecord[] = []
  let fields: string[] = []
  let [at, line, begun] = [0, 1, 1]
  const end = (): void => {
    if (fields.length > 1 || fields[0]?.trim() !== '') records.push({ line: begun, fields })
    fields = []
    begun = line
  }
  while (at < text.length) {
    let field = ''
    if (text[at] === '"') {
      for (;;) {
        const close = text.indexOf('"', at + 1)
        if (close === -1)
          throw new ImportError(begun, 'expected every quote to end, but one does not; download the file anew')
        const part = text.slice(at + 1, close)
        line += count(part, '\n')
        field += part
        at = close + 1
        if (text[at] !== '"') break
        field += '"'
      }
    }
    const from = at
    while (at < text.length && text[at] !== mark && text[at] !== '\n' && text[at] !== '\r') at++
    fields.push(field + text.slice(from, at))
    if (at === text.length) {
      end()
      break
    }
    if (text[at] === mark) {
      at++
      if (at === text.length) fields.push('')
      else continue
    } else {
      at += text.startsWith('\r\n', at) ? 2 : 1
      line++
    }
    end()
  }
  return records
}

const count = (text: string, character: string): number => text.split(character).length - 1
