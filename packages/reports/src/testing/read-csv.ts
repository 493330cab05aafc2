/** Reads as RFC 4180, section 2 says, and nothing else: a reader of its own, so that what is written is not judged by its writer. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const [field, end] = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at)
    row.push(field)
    if (text[end] === ',') {
      at = end + 1
      if (at === text.length) row.push('')
      continue
    }
    if (text.slice(end, end + 2) !== '\r\n')
      throw new Error(`expected CRLF at ${end}, but ${JSON.stringify(text.slice(end, end + 2))} is there`)
    rows.push(row)
    row = []
    at = end + 2
  }
  return rows
}

function quotedAt(text: string, from: number): [string, number] {
  let field = ''
  let at = from + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) throw new Error(`expected a closing quote after ${from}, but the text ends`)
    field += text.slice(at, end)
    if (text[end + 1] !== '"') return [field, end + 1]
    field += '"'
    at = end + 2
  }
}

function plainAt(text: string, from: number): [string, number] {
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== '\r') {
    if (text[end] === '"' || text[end] === '\n')
      throw new Error(`expected a quoted field at ${from}, but ${JSON.stringify(text[end])} is in it`)
    end += 1
  }
  return [text.slice(from, end), end]
}
