import { type Flattened, readFlattened } from './flattened.ts'
import { type GuardStatus, isGuardStatus } from './guard-status.ts'
import { isObject, isPressOutcome, type PressOutcome } from './press-outcome.ts'
import { type Press, PressProblem, pressText, readPress } from './press-text.ts'
import { type GuardSaid, readGuardSaid, readScreenSaid, type ScreenSaid } from './screen-message.ts'

/**
 * What a desk and those who use it say to each other: one JSON object a line. First each side says hello, then asks are numbered and
 * answered by their number.
 */
export const HOST_VERSION = 3

/** Who the desk is. */
export interface HostHello {
  readonly pid: number
  readonly program: string
  /** `guard`: it has no screen of its own, and takes those of others. */
  readonly role: (typeof ROLES)[number]
  readonly environment: 'mock' | 'demo' | 'live'
  readonly account: string
  /** Base address of a server in IG's place; null for IG itself. */
  readonly broker: string | null
}

const ROLES = ['screen', 'command', 'guard'] as const

export type ClientMessage =
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'press'; readonly ask: number; readonly press: Press }
  /** How the guard is. */
  | { readonly kind: 'look'; readonly ask: number }
  /** The guard shall end. */
  | { readonly kind: 'stop'; readonly ask: number }
  | ScreenSaid

export type HostMessage =
  | { readonly kind: 'hello'; readonly version: number; readonly host: HostHello }
  /** The connection ends with it, and whatever had no answer yet is not done. `isEnding`: because the desk does. */
  | { readonly kind: 'refused'; readonly words: string; readonly isEnding: boolean }
  | { readonly kind: 'progress'; readonly ask: number; readonly words: string }
  | { readonly kind: 'outcome'; readonly ask: number; readonly outcome: PressOutcome }
  /** What was asked is not done; of a press, nothing was sent. */
  | { readonly kind: 'problem'; readonly ask: number; readonly words: string }
  | { readonly kind: 'guard'; readonly ask: number; readonly guard: GuardStatus }
  | { readonly kind: 'stopping'; readonly ask: number; readonly words: string }
  /** Told unasked to everybody: a bot does not enter again what a person has closed. */
  | ({ readonly kind: 'flattened' } & Flattened)
  | GuardSaid

/** What cannot be meant. The connection ends with it. */
export class HostProblem extends Error {
  /** Of the press that was not taken; null: the connection cannot go on. */
  readonly ask: number | null

  constructor(message: string, ask: number | null = null) {
    super(message)
    this.name = 'HostProblem'
    this.ask = ask
  }
}

/** The desk ended before it took what it was asked: nothing was sent, and another desk may be asked. */
export class HostEnded extends HostProblem {
  constructor(words: string) {
    super(words)
    this.name = 'HostEnded'
  }
}

export function clientLine(message: ClientMessage): string {
  switch (message.kind) {
    case 'hello':
      return `${JSON.stringify({ kind: 'hello', scalpdesk: message.version })}\n`
    case 'press':
      return `{"kind":"press","ask":${message.ask},"press":${pressText(message.press)}}\n`
    default:
      return `${JSON.stringify(message)}\n`
  }
}

export function hostLine(message: HostMessage): string {
  const { kind } = message
  if (kind !== 'hello') return `${JSON.stringify(message)}\n`
  return `${JSON.stringify({ kind, scalpdesk: message.version, host: message.host })}\n`
}

/** @throws HostProblem for everything that is none */
export function readClientLine(line: string): ClientMessage {
  const value = jsonOf(line)
  const { kind, ask, scalpdesk } = value
  if (kind === 'hello' && Number.isSafeInteger(scalpdesk)) return { kind, version: Number(scalpdesk) }
  const said = readScreenSaid(value)
  if (said) return said
  if ((kind === 'look' || kind === 'stop') && isAsk(ask)) return { kind, ask }
  if (kind !== 'press' || !isAsk(ask)) throw new HostProblem('expected a hello or a numbered press, but got neither')
  try {
    return { kind, ask, press: readPress(value.press) }
  } catch (error) {
    if (error instanceof PressProblem) throw new HostProblem(error.message, ask)
    throw error
  }
}

/** @throws HostProblem for everything that is none */
export function readHostLine(line: string): HostMessage {
  const value = jsonOf(line)
  const { kind, ask, scalpdesk, words, outcome, host, guard } = value
  const said = readGuardSaid(value)
  if (said) return said
  if (kind === 'hello' && Number.isSafeInteger(scalpdesk) && isHello(host))
    return { kind, version: Number(scalpdesk), host }
  if (kind === 'refused' && typeof words === 'string') return { kind, words, isEnding: value.isEnding === true }
  const flattened = kind === 'flattened' ? readFlattened(value) : null
  if (flattened) return { kind: 'flattened', ...flattened }
  if (!isAsk(ask)) throw new HostProblem('expected an answer of a desk, but got something else')
  if ((kind === 'progress' || kind === 'problem' || kind === 'stopping') && typeof words === 'string')
    return { kind, ask, words }
  if (kind === 'outcome' && isPressOutcome(outcome)) return { kind, ask, outcome }
  if (kind === 'guard' && isGuardStatus(guard)) return { kind, ask, guard }
  throw new HostProblem('expected an answer of a desk, but got something else')
}

function jsonOf(line: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new HostProblem('expected one JSON object a line, but got something else')
  }
  if (isObject(value)) return value
  throw new HostProblem('expected one JSON object a line, but got something else')
}

const isAsk = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

function isHello(value: unknown): value is HostHello {
  if (!isObject(value)) return false
  const { pid, program, role, environment, account, broker } = value
  return (
    Number.isSafeInteger(pid) &&
    typeof program === 'string' &&
    ROLES.some(each => each === role) &&
    (environment === 'mock' || environment === 'demo' || environment === 'live') &&
    typeof account === 'string' &&
    (broker === null || typeof broker === 'string')
  )
}
