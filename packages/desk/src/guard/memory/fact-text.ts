import { type AccountZone, dealId, epic } from '@scalpdesk/sdk'
import { unreachable } from '../../unreachable.ts'
import { type LimitsText, limitsText, readLimits } from '../limits-text.ts'
import { orNull, plainFigure, plainFlag, plainNumber, plainObject, plainText, plainWord } from '../plain-figures.ts'
import type { LockLoss } from './day-lock.ts'
import type { ChargeBooked, DealClosed, FactBody, GuardFact, LockReason, Stamp } from './fact.ts'

/** A fact as plain data for the journal: figures are decimal text, so nothing is rounded on the way. */
export type FactText = Pick<Stamp, keyof Stamp> & BodyText

type BodyText =
  | Exclude<FactBody, DealClosed | ChargeBooked | { kind: 'limits' | 'open-profit' | 'equity' | 'locked' }>
  | { readonly kind: 'limits'; readonly limits: LimitsText }
  | (Omit<DealClosed, 'profit'> & { readonly profit: string | null })
  | (Omit<ChargeBooked, 'amount'> & { readonly amount: string })
  | { readonly kind: 'open-profit' | 'equity'; readonly money: string | null }
  | {
      readonly kind: 'locked'
      readonly reason: LockReason
      readonly words: string
      readonly loss: { readonly lost: string; readonly most: string } | null
    }

export function factText(fact: GuardFact): FactText {
  switch (fact.kind) {
    case 'limits':
      return { ...fact, limits: limitsText(fact.limits) }
    case 'deal-closed':
      return { ...fact, profit: fact.profit?.toFixed() ?? null }
    case 'charge-booked':
      return { ...fact, amount: fact.amount.toFixed() }
    case 'open-profit':
    case 'equity':
      return { ...fact, money: fact.money?.toFixed() ?? null }
    case 'locked':
      return { ...fact, loss: fact.loss && { lost: fact.loss.lost.toFixed(), most: fact.loss.most.toFixed() } }
    default:
      return fact
  }
}

/** @throws when it is not a fact as {@link factText} writes it */
export function readFact(value: unknown): GuardFact {
  const plain = plainObject(value, 'a guard fact')
  const kind = plainWord(plain.kind, KINDS, 'kind')
  const stamp = { atMs: plainNumber(plain.atMs, 'atMs'), brokerMs: orNull(plain.brokerMs, plainNumber, 'brokerMs') }
  switch (kind) {
    case 'started':
      return { ...stamp, kind, wallMs: plainNumber(plain.wallMs, 'wallMs'), zone: zoneOf(plain.zone) }
    case 'time':
      return { ...stamp, kind }
    case 'limits':
      return { ...stamp, kind, limits: readLimits(plain.limits) }
    case 'entry-sent':
    case 'duplicate-refused': {
      const pressedAtMs = plainNumber(plain.pressedAtMs, 'pressedAtMs')
      return { ...stamp, kind, press: plainText(plain.press, 'press'), pressedAtMs }
    }
    case 'deal-closed':
      return {
        ...stamp,
        kind,
        id: plainText(plain.id, 'id'),
        dealId: dealId(plainText(plain.dealId, 'dealId')),
        profit: orNull(plain.profit, plainFigure, 'profit'),
        isWhole: plainFlag(plain.isWhole, 'isWhole'),
      }
    case 'charge-booked':
      return {
        ...stamp,
        kind,
        id: plainText(plain.id, 'id'),
        dealId: orNull(plain.dealId, (value, where) => dealId(plainText(value, where)), 'dealId'),
        epic: orNull(plain.epic, (value, where) => epic(plainText(value, where)), 'epic'),
        cause: plainWord(plain.cause, CHARGE_CAUSES, 'cause'),
        amount: plainFigure(plain.amount, 'amount'),
      }
    case 'open-profit':
      return { ...stamp, kind, money: orNull(plain.money, plainFigure, 'money') }
    case 'equity':
      return { ...stamp, kind, money: plainFigure(plain.money, 'money') }
    case 'locked': {
      const reason = plainWord(plain.reason, ['day-loss', 'trader'], 'reason')
      return { ...stamp, kind, reason, words: plainText(plain.words, 'words'), loss: lossOf(plain.loss) }
    }
    default:
      return unreachable(kind)
  }
}

const KINDS = [
  'started',
  'time',
  'limits',
  'entry-sent',
  'duplicate-refused',
  'deal-closed',
  'charge-booked',
  'open-profit',
  'equity',
  'locked',
] as const satisfies readonly GuardFact['kind'][]

const CHARGE_CAUSES = [
  'commission',
  'funding',
  'guaranteed-stop',
  'other',
] as const satisfies readonly ChargeBooked['cause'][]

/** A journal of before tells the words alone. */
function lossOf(loss: unknown): LockLoss | null {
  if (loss === undefined || loss === null) return null
  const { lost, most } = plainObject(loss, 'loss')
  return { lost: plainFigure(lost, 'loss.lost'), most: plainFigure(most, 'loss.most') }
}

function zoneOf(zone: unknown): AccountZone {
  if (typeof zone === 'string') return zone
  return { offsetHours: plainNumber(plainObject(zone, 'zone').offsetHours, 'zone.offsetHours') }
}
