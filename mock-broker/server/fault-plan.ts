import { markets } from '../engine/index.ts'
import { type FaultArg, type FaultName, faultRules, isConfirmMatch, isFaultName, wrongArg } from './fault-rules.ts'
import type { FaultMatch } from './faults.ts'
import { jsonPlaces, placeAt } from './json-place.ts'
import { MockBrokerError } from './mock-broker-error.ts'

/** A fault, and when it happens. */
export interface FaultPlan {
  readonly fault: FaultName
  /** What the method of the same name takes before its match: milliseconds, a reason, an epic, a code and a text. */
  readonly args?: readonly FaultArg[] | undefined
  /** Which requests are counted, or may be hit; default those that deal. */
  readonly match?: FaultMatch | undefined
  /** At once when left out. */
  readonly when?: FaultTime | undefined
  /** Until it is made good again, for those that last: `goSilent`, `staleQuote`, `marketClosed`. */
  readonly forMs?: number | undefined
}

export type FaultTime =
  /** Milliseconds from when the plan was made. */
  | { readonly afterMs: number }
  /** UTC, milliseconds since 1970, by the broker's clock. */
  | { readonly atMs: number }
  /** The n-th request that matches, counted from 1 and from when the plan was made. */
  | { readonly onRequest: number }
  /** Each request that matches, with this chance from 0 to 1, which the seed decides. */
  | { readonly probability: number }

/**
 * Reads plans as a faults file holds them: a JSON list of objects such as `{"fault":"loseReply","match":"open","onRequest":3}`,
 * `{"fault":"goSilent","afterMs":5000,"forMs":2000}` or `{"fault":"rejectNext","args":["ORDER_DECLINED"],"probability":0.05}`.
 * `at` takes an ISO date in place of `afterMs`.
 * @param source the name of the file, for messages.
 * @throws MockBrokerError `bad-faults`, naming the entry, its line and its column.
 */
export function parseFaultPlans(text: string, source: string): readonly FaultPlan[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    const place = placeAt(text, jsonPlaces(text).brokenAt ?? text.length)
    throw new MockBrokerError('bad-faults', `expected JSON in ${source}, but ${place} is none; correct it`, { cause })
  }
  if (!Array.isArray(json)) throw bad(source, 'a list of faults', json)
  const { elements } = jsonPlaces(text)
  return json.map((entry: unknown, index) => {
    const place = placeAt(text, elements[index] ?? 0)
    return readFaultPlan(entry, `entry ${index + 1} of ${source} (${place})`)
  })
}

/** @throws MockBrokerError `bad-faults`. */
export function readFaultPlan(json: unknown, where: string): FaultPlan {
  if (typeof json !== 'object' || json === null) throw bad(where, 'an object', json)
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(json))
  for (const name of fields.keys())
    if (!FIELDS.has(name)) throw bad(where, `no field but ${[...FIELDS].join(', ')}`, name)
  const fault = fields.get('fault')
  if (typeof fault !== 'string' || !isFaultName(fault)) {
    throw bad(where, `one of the faults ${Object.keys(faultRules).join(', ')}`, fault)
  }
  const plan: FaultPlan = {
    fault,
    args: readArgs(fault, fields.get('args'), where),
    match: readMatch(fault, fields.get('match'), where),
    when: readTime(fields, where),
    forMs: fields.has('forMs') ? readMs(fields.get('forMs'), where) : undefined,
  }
  if (plan.forMs !== undefined && !faultRules[fault].undo) throw bad(where, 'forMs only for a fault that lasts', fault)
  return plan
}

/** @throws MockBrokerError `bad-faults` for arguments or a match that the fault does not take. */
export function checkFaultPlan({ fault, args, match }: FaultPlan): void {
  readArgs(fault, args, 'the plan')
  readMatch(fault, match, 'the plan')
}

function readArgs(fault: FaultName, given: unknown, where: string): readonly FaultArg[] {
  const { args } = faultRules[fault]
  const values: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given]
  const fewest = args.filter(kind => kind !== 'allowance').length
  if (values.length < fewest || values.length > args.length) {
    throw bad(where, `${args.length} in args of ${fault}${args.length > 0 ? ` (${args.join(', ')})` : ''}`, given)
  }
  return values.map((value, index) => {
    const kind = args[index]!
    const expected = wrongArg(kind, value, EPICS)
    if (expected !== null || (typeof value !== 'string' && typeof value !== 'number')) {
      throw bad(where, `${expected} in args of ${fault}`, value)
    }
    return value
  })
}

function readMatch(fault: FaultName, given: unknown, where: string): FaultMatch | undefined {
  if (given === undefined) return undefined
  const match = typeof given === 'string' ? asMatch(given) : null
  if (!match) throw bad(where, `a match such as ${[...MATCHES].join(', ')}, or a path that begins with /`, given)
  if (faultRules[fault].match === 'confirm' && !isConfirmMatch(match)) {
    throw bad(where, `a match of dealing requests for ${fault}`, match)
  }
  return match
}

function asMatch(text: string): FaultMatch | null {
  if (isPath(text)) return text
  return isNamedMatch(text) ? text : null
}

const isPath = (text: string): text is `/${string}` => text.startsWith('/')
const isNamedMatch = (text: string): text is NamedMatch => MATCHES.has(text as NamedMatch)

function readTime(fields: ReadonlyMap<string, unknown>, where: string): FaultTime | undefined {
  const given = TIMES.filter(name => fields.has(name))
  if (given.length > 1) throw bad(where, `at most one of ${TIMES.join(', ')}`, given.join(' and '))
  const [name] = given
  if (name === undefined) return undefined
  const value = fields.get(name)
  switch (name) {
    case 'afterMs':
      return { afterMs: readMs(value, where) }
    case 'at': {
      const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN
      if (Number.isNaN(atMs)) throw bad(where, 'an ISO date in at', value)
      return { atMs }
    }
    case 'onRequest':
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
        throw bad(where, 'a whole number from 1 in onRequest', value)
      }
      return { onRequest: value }
    case 'probability':
      if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw bad(where, 'a probability from 0 to 1', value)
      return { probability: value }
  }
}

function readMs(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw bad(where, 'whole milliseconds from 0 up', value)
}

function bad(where: string, expected: string, got: unknown): MockBrokerError {
  const text = JSON.stringify(got) ?? 'nothing'
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
  return new MockBrokerError('bad-faults', `expected ${expected} in ${where}, but got ${shown}; correct it`)
}

const LONGEST_SHOWN = 80

type NamedMatch = Exclude<FaultMatch, `/${string}`>

const TIMES = ['afterMs', 'at', 'onRequest', 'probability'] as const
const FIELDS: ReadonlySet<string> = new Set(['fault', 'args', 'match', ...TIMES, 'forMs'])
const MATCHES: ReadonlySet<NamedMatch> = new Set([
  'open',
  'amend',
  'close',
  'place-order',
  'amend-order',
  'cancel-order',
  'dealing',
  'any',
])
const EPICS: ReadonlySet<string> = new Set(markets.map(({ epic }) => epic))
