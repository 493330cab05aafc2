import { decodeText, readRate, readWhole, splitArguments } from './line-arguments.ts'

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
  /** `null`: the answer to a heartbeat over HTTP. */
  | { readonly kind: 'request-done'; readonly requestId: number | null }
  | { readonly kind: 'request-refused'; readonly requestId: number; readonly code: number; readonly text: string }
  | { readonly kind: 'request-unreadable'; readonly code: number; readonly text: string }
  /** Field positions of COMMAND mode, from 1; `null` in the other modes. */
  | {
      readonly kind: 'subscribed'
      readonly subId: number
      readonly items: number
      readonly fields: number
      readonly command: { readonly keyField: number; readonly commandField: number } | null
    }
  | { readonly kind: 'unsubscribed'; readonly subId: number }
  | { readonly kind: 'snapshot-end' | 'cleared'; readonly subId: number; readonly item: number }
  | { readonly kind: 'overflow'; readonly subId: number; readonly item: number; readonly count: number }
  | { readonly kind: 'frequency'; readonly subId: number; readonly real: RealFrequency }
  /** In kbps; `unmanaged`: this client may not limit it. */
  | { readonly kind: 'bandwidth'; readonly kbps: number | 'unlimited' | 'unmanaged' }
  | { readonly kind: 'server-name' | 'client-address'; readonly text: string }
  /** `sequence`: `null` for a message without one. */
  | {
      readonly kind: 'message-done'
      readonly sequence: string | null
      readonly number: number
      readonly response: string | null
    }
  | {
      readonly kind: 'message-failed'
      readonly sequence: string | null
      readonly number: number
      readonly code: number
      readonly text: string
    }
  /** Nothing to act on, but the line shows that the server lives: PROBE, SYNC, NOOP, tags of later protocols … */
  | { readonly kind: 'noted' }
  | { readonly kind: 'malformed'; readonly line: string }

/** What the server grants a subscription; updates per second and item. */
export interface RealFrequency {
  readonly perSecond: number | 'unlimited'
  readonly isFiltered: boolean
}

/** Reads one line that is not a data row. Never throws. */
export function parseNotification(line: string): Notification {
  const comma = line.indexOf(',')
  const tag = comma === -1 ? line : line.slice(0, comma)
  const rest = comma === -1 ? '' : line.slice(comma + 1)
  switch (tag) {
    case 'CONOK': {
      const [sessionId = '', limit = '', keepalive = '', link = ''] = splitArguments(rest, 4)
      const requestLimit = readWhole(limit)
      const keepaliveMs = readWhole(keepalive)
      if (sessionId === '' || requestLimit === null || keepaliveMs === null) return malformed(line)
      if (requestLimit <= 0 || keepaliveMs < 0) return malformed(line)
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
      return { kind: 'request-done', requestId: readWhole(rest) }
    case 'REQERR': {
      const [id = '', code = '', text = ''] = splitArguments(rest, 3)
      const requestId = readWhole(id)
      const number = readWhole(code)
      if (requestId === null || number === null) return malformed(line)
      return { kind: 'request-refused', requestId, code: number, text: decodeText(text) }
    }
    case 'SUBOK':
      return counted(
        line,
        splitArguments(rest, 4),
        ([subId, items, fields]) => ({ kind: 'subscribed', subId, items, fields, command: null }),
        3,
      )
    case 'SUBCMD':
      return counted(
        line,
        splitArguments(rest, 6),
        ([subId, items, fields, keyField, commandField]) => ({
          kind: 'subscribed',
          subId,
          items,
          fields,
          command: { keyField, commandField },
        }),
        5,
      )
    case 'UNSUB':
      return counted(line, [rest], ([subId]) => ({ kind: 'unsubscribed', subId }))
    case 'EOS':
      return counted(line, splitArguments(rest, 2), ([subId, item]) => ({ kind: 'snapshot-end', subId, item }), 2)
    case 'CS':
      return counted(line, splitArguments(rest, 2), ([subId, item]) => ({ kind: 'cleared', subId, item }), 2)
    case 'OV':
      return counted(
        line,
        splitArguments(rest, 3),
        ([subId, item, count]) => ({ kind: 'overflow', subId, item, count }),
        3,
      )
    case 'CONF':
      return readFrequency(rest) ?? malformed(line)
    case 'CONS':
      return readBandwidth(rest) ?? malformed(line)
    case 'SERVNAME':
      return { kind: 'server-name', text: decodeText(rest) }
    case 'CLIENTIP':
      return { kind: 'client-address', text: decodeText(rest) }
    case 'MSGDONE':
      return readMessageDone(rest) ?? malformed(line)
    case 'MSGFAIL':
      return readMessageFailed(rest) ?? malformed(line)
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

function coded(kind: 'refused' | 'ended' | 'request-unreadable', rest: string, line: string): Notification {
  const [code = '', text = ''] = splitArguments(rest, 2)
  const number = readWhole(code)
  return number === null ? malformed(line) : { kind, code: number, text: decodeText(text) }
}

type Numbers = readonly [number, number, number, number, number]

function counted(line: string, parts: readonly string[], make: (n: Numbers) => Notification, needed = 1): Notification {
  const numbers: number[] = []
  for (let index = 0; index < needed; index++) {
    const number = readWhole(parts[index])
    if (number === null) return malformed(line)
    numbers.push(number)
  }
  return make([numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 0, numbers[4] ?? 0])
}

function readFrequency(rest: string): Notification | null {
  const [sub, frequency, filter] = splitArguments(rest, 3)
  const subId = readWhole(sub)
  const perSecond = frequency === 'unlimited' ? frequency : readRate(frequency)
  if (subId === null || perSecond === null) return null
  return { kind: 'frequency', subId, real: { perSecond, isFiltered: filter !== 'unfiltered' } }
}

function readBandwidth(rest: string): Notification | null {
  const kbps = rest === 'unlimited' || rest === 'unmanaged' ? rest : readRate(rest)
  return kbps === null ? null : { kind: 'bandwidth', kbps }
}

function readMessageDone(rest: string): Notification | null {
  const [sequence, prog, response] = splitArguments(rest, 3)
  const number = readWhole(prog)
  if (number === null) return null
  // The response came with 2.5; before it, and without one, nothing follows the number.
  const text = response === undefined || response === '' ? null : decodeText(response)
  return { kind: 'message-done', sequence: readSequence(sequence), number, response: text }
}

function readMessageFailed(rest: string): Notification | null {
  const [sequence, prog, codeText, text = ''] = splitArguments(rest, 4)
  const number = readWhole(prog)
  const code = readWhole(codeText)
  if (number === null || code === null) return null
  return { kind: 'message-failed', sequence: readSequence(sequence), number, code, text: decodeText(text) }
}

function readSequence(text: string | undefined): string | null {
  return text === undefined || text === '*' ? null : text
}

function readLink(text: string): string | null {
  const link = decodeText(text).trim()
  return link === '' || link === '*' ? null : link
}

function malformed(line: string): Notification {
  return { kind: 'malformed', line: line.slice(0, 200) }
}
