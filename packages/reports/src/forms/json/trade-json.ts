import type { Decimal } from '@scalpdesk/sdk'
import { exactText, moneyText, msText, ratioText } from '../../figures.ts'
import type { Excursion, Trade, TradeDeal } from '../../trade.ts'
import type { WallClock } from '../wall-clock.ts'
import type { DealJson, ExcursionJson, TradeJson } from './report-json.ts'

export function tradeJson(trade: Trade, currency: string, clock: WallClock): TradeJson {
  const money = (value: Decimal | null): string | null => (value === null ? null : moneyText(value, currency))
  const excursion = ({ points, money: amount, r, isWhole }: Excursion): ExcursionJson => ({
    points: exact(points),
    money: money(amount),
    r: ratio(r),
    isWhole,
  })
  const deal = (one: TradeDeal): DealJson => ({
    at: stamp(one.atMs, clock),
    dealId: one.dealId,
    reference: one.reference,
    size: exactText(one.size),
    level: exact(one.level),
    result: money(one.result),
    how: one.how,
  })
  return {
    id: trade.id,
    epic: trade.epic,
    marketName: trade.marketName,
    direction: trade.direction,
    opened: stamp(trade.openedAtMs, clock),
    closed: stamp(trade.closedAtMs, clock),
    heldMs: trade.heldMs === null ? null : msText(trade.heldMs),
    size: exactText(trade.size),
    entryLevel: exact(trade.entryLevel),
    exitLevel: exact(trade.exitLevel),
    stopLevel: exact(trade.stopLevel),
    limitLevel: exact(trade.limitLevel),
    points: exact(trade.points),
    result: money(trade.result),
    ownResult:
      trade.ownResult === null
        ? null
        : { amount: moneyText(trade.ownResult.amount, trade.ownResult.currency), currency: trade.ownResult.currency },
    charges: trade.charges.map(({ cause, amount, reference }) => ({
      cause,
      amount: moneyText(amount, currency),
      reference,
    })),
    net: money(trade.net),
    risk: money(trade.risk),
    r: ratio(trade.r),
    against: excursion(trade.against),
    inFavour: excursion(trade.inFavour),
    left: money(trade.left),
    entrySlippage: exact(trade.entrySlippage),
    exitSlippage: exact(trade.exitSlippage),
    spread: money(trade.spread),
    latency: trade.latency.map(({ step, ms }) => ({ step, ms: msText(ms) })),
    by: trade.by.kind === 'bot' ? { kind: 'bot', name: trade.by.name } : { kind: trade.by.kind },
    preset: trade.preset,
    tags: [...trade.tags],
    notes: [...trade.notes],
    entries: trade.entries.map(deal),
    exits: trade.exits.map(deal),
  }
}

const exact = (value: Decimal | null): string | null => (value === null ? null : exactText(value))
const ratio = (value: Decimal | null): string | null => (value === null ? null : ratioText(value))
const stamp = (atMs: number | null, clock: WallClock): string | null => (atMs === null ? null : clock.stamp(atMs))
