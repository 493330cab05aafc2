import { reasons } from '../engine/index.ts'
import type { BasicFaults, ConfirmMatch, FaultMatch } from './faults.ts'
import type { ConfirmFault, ReplyFault, WaitingFaults } from './waiting-faults.ts'

/** What a fault needs to be told, and how it begins and ends, for those that ask for it by name. */
export interface FaultRule {
  readonly args: readonly ArgKind[]
  /** Which requests can be chosen: any for faults of an answer, dealing ones for faults of a confirm. */
  readonly match: 'reply' | 'confirm' | null
  apply(faults: BasicFaults, args: readonly FaultArg[], match: FaultMatch | undefined): void
  /** Makes good what lasts; null for what is over at once. */
  readonly undo: ((faults: BasicFaults, args: readonly FaultArg[]) => void) | null
  /** Takes back what still waits for its request. */
  readonly takeBack: ((waiting: WaitingFaults) => void) | null
}

export type FaultArg = string | number
export type ArgKind = 'text' | 'epic' | 'reason' | 'allowance' | 'ms' | 'whole'
export type FaultName = keyof typeof faultRules

type Apply = FaultRule['apply']

/** Every fault by its name. */
export const faultRules = {
  loseReply: onReply('lost', [], (faults, _args, match) => faults.loseReply(match)),
  slowReply: onReply('slow', ['ms'], (faults, [ms], match) => faults.slowReply(Number(ms), match)),
  gatewayTimeoutAfterAccept: onReply('timeout', [], (faults, _args, match) => faults.gatewayTimeoutAfterAccept(match)),
  errorWithNullCode: onReply('null-code', [], (faults, _args, match) => faults.errorWithNullCode(match)),
  emptyBody: onReply('empty', [], (faults, _args, match) => faults.emptyBody(match)),
  htmlBody: onReply('html', [], (faults, _args, match) => faults.htmlBody(match)),
  confirmLate: onConfirm('late', ['ms'], (faults, [ms], match) => faults.confirmLate(Number(ms), match)),
  confirmLost: onConfirm('lost', [], (faults, _args, match) => faults.confirmLost(match)),
  confirmTwice: onConfirm('twice', [], (faults, _args, match) => faults.confirmTwice(match)),
  confirmWrongId: onConfirm('wrong-id', [], (faults, _args, match) => faults.confirmWrongId(match)),
  confirm405ThoughOpen: onConfirm('405', [], (faults, _args, match) => faults.confirm405ThoughOpen(match)),
  openWithoutStop: { ...atOnce([], faults => faults.openWithoutStop()), takeBack: waiting => waiting.keepStops() },
  rejectNext: {
    ...atOnce(['reason'], (faults, [reason]) => faults.rejectNext(String(reason))),
    takeBack: waiting => waiting.forgetRejections(),
  },
  expireToken: atOnce([], faults => faults.expireToken()),
  exceedAllowance: {
    ...atOnce(['allowance'], (faults, [kind]) => faults.exceedAllowance(readAllowance(String(kind)) ?? undefined)),
    takeBack: waiting => waiting.forgetExceeded(),
  },
  dropStream: atOnce([], faults => faults.dropStream()),
  goSilent: lasting(
    [],
    faults => faults.goSilent(),
    faults => faults.speak(),
  ),
  loopStream: atOnce([], faults => faults.loopStream()),
  endStream: atOnce(['whole', 'text'], (faults, [code, text]) => faults.endStream(Number(code), String(text))),
  refuseStream: atOnce(['whole', 'text'], (faults, [code, text]) => faults.refuseStream(Number(code), String(text))),
  refuseSubscription: atOnce(['whole', 'text'], (faults, [code, text]) =>
    faults.refuseSubscription(Number(code), String(text)),
  ),
  forgetStream: atOnce([], faults => faults.forgetStream()),
  nullPrices: atOnce(['epic'], (faults, [epic]) => faults.nullPrices(String(epic))),
  halfLine: atOnce([], faults => faults.halfLine()),
  badRow: atOnce([], faults => faults.badRow()),
  staleQuote: lasting(
    ['epic'],
    (faults, [epic]) => faults.staleQuote(String(epic)),
    (faults, [epic]) => faults.freshQuote(String(epic)),
  ),
  crossedQuote: atOnce(['epic'], (faults, [epic]) => faults.crossedQuote(String(epic))),
  clockJump: atOnce(['whole'], (faults, [ms]) => faults.clockJump(Number(ms))),
  marketClosed: lasting(
    ['epic'],
    (faults, [epic]) => faults.marketClosed(String(epic)),
    (faults, [epic]) => faults.openMarket(String(epic)),
  ),
  restart: atOnce([], faults => faults.restart()),
} as const satisfies Readonly<Record<string, FaultRule>>

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faultRules, text)
}

/** What is wrong with an argument, as the rest of "expected …"; null when nothing is. */
export function wrongArg(kind: ArgKind, value: unknown, epics: ReadonlySet<string>): string | null {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? null : 'a text'
    case 'epic':
      return typeof value === 'string' && epics.has(value) ? null : 'the epic of a market'
    case 'reason':
      return reasons.some(reason => reason === value) ? null : 'a reason such as MARKET_CLOSED_WITH_EDITS'
    case 'allowance':
      return typeof value === 'string' && readAllowance(value)
        ? null
        : 'api-key, account, account-trading or account-historical-data'
    case 'ms':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? null : 'whole milliseconds from 0 up'
    case 'whole':
      return Number.isSafeInteger(value) ? null : 'a whole number'
  }
}

function readAllowance(text: string): 'api-key' | 'account' | 'account-trading' | 'account-historical-data' | null {
  switch (text) {
    case 'api-key':
    case 'account':
    case 'account-trading':
    case 'account-historical-data':
      return text
    default:
      return null
  }
}

function atOnce(args: readonly ArgKind[], apply: Apply): FaultRule {
  return { args, match: null, apply, undo: null, takeBack: null }
}

function lasting(args: readonly ArgKind[], apply: Apply, undo: NonNullable<FaultRule['undo']>): FaultRule {
  return { args, match: null, apply, undo, takeBack: null }
}

function onReply(kind: ReplyFault['kind'], args: readonly ArgKind[], apply: Apply): FaultRule {
  return { args, match: 'reply', apply, undo: null, takeBack: waiting => waiting.forgetReplies(kind) }
}

function onConfirm(
  kind: ConfirmFault['kind'],
  args: readonly ArgKind[],
  apply: (faults: BasicFaults, args: readonly FaultArg[], match: ConfirmMatch | undefined) => void,
): FaultRule {
  return {
    args,
    match: 'confirm',
    apply: (faults, given, match) => apply(faults, given, isConfirmMatch(match) ? match : undefined),
    undo: null,
    takeBack: waiting => waiting.forgetConfirms(kind),
  }
}

export function isConfirmMatch(match: FaultMatch | undefined): match is ConfirmMatch {
  return match !== undefined && match !== 'any' && !match.startsWith('/')
}
