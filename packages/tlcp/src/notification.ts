/** One line from the server, except data rows. Source: TLCP specification, "Response and notification syntax". */
export type Notification =
  | {
      readonly kind: 'connected'
      readonly sessionId: string
      readonly requestLimit: number
      readonly keepaliveMs: number
      readonly controlLink: string | null
    }
  | { readonly kind: 'refused'; readonly code: number; readonly text: string }
  | { readonly kind: 'ended'; readonly code: number; readonly text: string }
  | { readonly kind: 'loop'; readonly afterMs: number }
  | { readonly kind: 'progress'; readonly count: number }
  | { readonly kind: 'request-done' }
  | { readonly kind: 'request-refused'; readonly requestId: number; readonly code: number; readonly text: string }
  | { readonly kind: 'request-unreadable'; readonly code: number; readonly text: string }
  | { readonly kind: 'subscribed'; readonly subId: number; readonly items: number; readonly fields: number }
  | { readonly kind: 'unsubscribed'; readonly subId: number }
  | { readonly kind: 'snapshot-end'; readonly subId: number; readonly item: number }
  | { readonly kind: 'overflow'; readonly subId: number; readonly item: number; readonly count: number }
  /** Nothing to act on, but the line shows that the server lives: PROBE, SYNC, CONF, tags of later protocols … */
  | { readonly kind: 'noted' }
  | { readonly kind: 'malformed'; readonly line: string }

/** Reads one line that is not a data row. Never throws. */
export function parseNotification(line: string): Notification {
  const comma = line.indexOf(',')
  const tag = comma === -1 ? line : line.slice(0, comma)
  const rest = comma === -1 ? '' : line.slice(comma + 1)
  switch (tag) {
    case 'CONOK': {
      const [sessionId = '', limit = '', keepalive = '', link = ''] = split(rest, 4)
      const requestLimit = whole(limit)
      const keepaliveMs = whole(keepalive)
      if (sessionId === '' || requestLimit === null || keepaliveMs === null) return malformed(line)
      return { kind: 'connected', sessionId, requestLimit, keepaliveMs, controlLink: readLink(link) }
    }
    case 'CONERR':
      return coded('refused', rest, line)
    case 'END':
      return coded('ended', rest, line)
    case 'ERROR':
      return coded('request-unreadable', rest, line)
    case 'LOOP':
      return counted(line, [rest], ([afterMs]) => ({ kind: 'loop', afterMs }))
    case 'PROG':
      return counted(line, [rest], ([count]) => ({ kind: 'progress', count }))
    case 'REQOK':
      return { kind: 'request-done' }
    case 'REQERR': {
      const [id = '', code = '', text = ''] = split(rest, 3)
      const requestId = whole(id)
      const number = whole(code)
      if (requestId === null || number === null) return malformed(line)
      return { kind: 'request-refused', requestId, code: number, text: decodeText(text) }
    }
    case 'SUBOK':
    case 'SUBCMD':
      return counted(
        line,
        split(rest, 5),
        ([subId, items, fields]) => ({ kind: 'subscribed', subId, items, fields }),
        3,
      )
    case 'UNSUB':
      return counted(line, [rest], ([subId]) => ({ kind: 'unsubscribed', subId }))
    case 'EOS':
      return counted(line, split(rest, 2), ([subId, item]) => ({ kind: 'snapshot-end', subId, item }), 2)
    case 'OV':
      return counted(line, split(rest, 3), ([subId, item, count]) => ({ kind: 'overflow', subId, item, count }), 3)
    default:
      // Unknown tags are ignored so that a newer server can say more.
      return { kind: 'noted' }
  }
}

const DATA_TAGS: ReadonlySet<string> = new Set(
  // TLCP specification, "Session recovery": these, and nothing else, count.
  ['U', 'SUBOK', 'SUBCMD', 'UNSUB', 'EOS', 'CS', 'OV', 'CONF', 'MSGDONE', 'MSGFAIL'],
)

/** Whether a line counts for recovery. Decided by its tag alone, so that an unreadable one counts as well. */
export function isDataNotification(line: string): boolean {
  const comma = line.indexOf(',')
  return DATA_TAGS.has(comma === -1 ? line : line.slice(0, comma))
}

/** Percent-decodes a text argument; an invalid sequence leaves it as it came, because a text must not cost the session. */
export function decodeText(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function coded(kind: 'refused' | 'ended' | 'request-unreadable', rest: string, line: string): Notification {
  const [code = '', text = ''] = split(rest, 2)
  const number = whole(code)
  return number === null ? malformed(line) : { kind, code: number, text: decodeText(text) }
}

type Numbers = readonly [number, number, number]

function counted(line: string, parts: readonly string[], make: (n: Numbers) => Notification, needed = 1): Notification {
  const numbers: number[] = []
  for (let index = 0; index < needed; index++) {
    const number = whole(parts[index] ?? '')
    if (number === null) return malformed(line)
    numbers.push(number)
  }
  return make([numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0])
}

/** Splits at the first commas; the last part keeps the rest, commas included. */
function split(text: string, parts: number): readonly string[] {
  const result: string[] = []
  let start = 0
  while (result.length < parts - 1) {
    const comma = text.indexOf(',', start)
    if (comma === -1) break
    result.push(text.slice(start, comma))
    start = comma + 1
  }
  result.push(text.slice(start))
  return result
}

function whole(text: string): number | null {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

function readLink(text: string): string | null {
  const link = decodeText(text).trim()
  return link === '' || link === '*' ? null : link
}

function malformed(line: string): Notification {
  return { kind: 'malformed', line: line.slice(0, 200) }
}
