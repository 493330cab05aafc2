import { type Intent, isWithin, type PressedBy } from '@scalpdesk/desk'
import { type Epic, epic as epicOf } from '@scalpdesk/sdk'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import type { ExitPolicy } from '../strategy/strategy.ts'
import type { BotDesk, PressResult } from './bot-desk.ts'
import { type BotLimits, botDenial, MINUTE_MS } from './bot-limits.ts'
import type { BotLine } from './bot-line.ts'
import type { BotPhase } from './bot-status.ts'
import type { OwnBook } from './own-book.ts'
import { exitIntents, ownIntents } from './own-intents.ts'
import type { OwnNames } from './own-names.ts'
import { PressQueue } from './press-queue.ts'
import { turnOf, wishRefusal } from './wish-rules.ts'

export interface BotOrdersParts {
  readonly name: string
  readonly epics: readonly string[]
  readonly limits: BotLimits
  readonly desk: BotDesk
  readonly names: OwnNames
  readonly book: OwnBook
  nowMs(): number
  phase(): BotPhase
  /** Of a market, as its strategy knows it. */
  timeOf(epic: string): number
  line(kind: BotLine['kind'], text: string): void
  /** What its strategy has to hear of. */
  tell(deal: BotDeal): void
  /** Something may have come of a press. */
  pressed(): void
}

/** What one bot wants of the desk: each wish in its turn, within its limits, and told what became of it. */
export class BotOrders {
  readonly #parts: BotOrdersParts
  readonly #by: PressedBy
  readonly #presses = new PressQueue()
  readonly #leaving = new Set<string>()
  #sentAtMs: readonly number[] = []
  #sent = 0

  constructor(parts: BotOrdersParts) {
    this.#parts = parts
    this.#by = `bot:${parts.name}`
  }

  /** Requests that went out. */
  get sent(): number {
    return this.#sent
  }

  /** Without an outcome so far. */
  get underWay(): number {
    return this.#presses.size
  }

  isBusy(epic: string): boolean {
    return this.#presses.isBusy(epic)
  }

  /** It was asked for that this position is closed, and nobody said no. */
  isLeaving(dealId: string): boolean {
    return this.#leaving.has(dealId)
  }

  settled(): Promise<void> {
    return this.#presses.settled()
  }

  /** Those of a run before count as well. */
  takeOver(sentAtMs: readonly number[]): void {
    this.#sentAtMs = [...sentAtMs]
  }

  want(intent: TradeIntent, here: string): void {
    const market = 'epic' in intent && intent.epic !== undefined ? intent.epic : here
    const atMs = this.#parts.nowMs()
    this.#presses.add(market, turnOf(intent), () => this.#take(intent, here, atMs))
  }

  /** Without the strategy, which does not answer, or is not to be asked. */
  leave(policy: ExitPolicy): void {
    for (const intent of this.#parts.epics.flatMap(epic => exitIntents(policy, this.#place(epicOf(epic)))))
      this.#presses.add('', 'alone', () => this.#press(intent, null))
  }

  /** Looks at it when its turn has come: until then much may have changed. */
  async #take(wanted: TradeIntent, here: string, wantedAtMs: number): Promise<void> {
    const { nowMs, phase, limits, book } = this.#parts
    const refusal = wishRefusal(wanted, phase(), nowMs() - wantedAtMs)
    if (refusal) return this.#deny(wanted, refusal.code, refusal.text)
    const own = ownIntents(wanted, this.#place(epicOf(here)))
    if (own.kind === 'denied') return this.#deny(wanted, own.code, own.text)
    await Promise.all(
      own.intents.map(intent => {
        const denial = botDenial(limits, intent, {
          sentAtMs: this.#sentAtMs,
          positions: book.size,
          heldSize: book.heldSize('epic' in intent ? intent.epic : here),
          atMs: nowMs(),
        })
        return denial ? this.#deny(wanted, denial.code, denial.text) : this.#press(intent, wanted)
      }),
    )
  }

  async #press(intent: Intent, wanted: TradeIntent | null): Promise<void> {
    const { desk, line, pressed } = this.#parts
    const nowMs = this.#parts.nowMs()
    this.#sentAtMs = [...this.#sentAtMs.filter(sentMs => nowMs - sentMs < MINUTE_MS), nowMs]
    const leaving = this.#closedBy(intent)
    for (const dealId of leaving) this.#leaving.add(dealId)
    try {
      const result = await desk.press(intent, this.#by)
      if (result.outcome === 'rejected' || result.outcome === 'denied')
        for (const dealId of leaving) this.#leaving.delete(dealId)
      this.#settled(result, wanted)
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause)
      if (wanted) this.#deny(wanted, 'not-taken', text)
      else line('failed', text)
    }
    pressed()
  }

  #closedBy(intent: Intent): readonly string[] {
    if (intent.kind === 'close') return intent.part === 'all' ? [intent.dealId] : []
    if (intent.kind !== 'flatten' && intent.kind !== 'reverse') return []
    const isMeant = (epic: Epic): boolean =>
      intent.kind === 'reverse' ? intent.epic === epic : isWithin(intent.scope, { epic })
    return this.#parts.book.positions.filter(({ epic }) => isMeant(epic)).map(({ dealId }) => dealId)
  }

  #settled(result: PressResult, wanted: TradeIntent | null): void {
    const { names, line, tell } = this.#parts
    names.learn(result)
    this.#sent += result.orders.length
    const { outcome, words, denial } = result
    if (denial && wanted) return this.#deny(wanted, denial.code, denial.words)
    if (outcome === 'rejected' && wanted) {
      const reason = result.orders.find(({ state }) => state === 'rejected')?.reason ?? words
      line('rejected', words)
      return tell({ kind: 'rejected', intent: wanted, reason, atMs: this.#timeOf(wanted) })
    }
    line(outcome === 'done' ? 'sent' : outcome, words)
  }

  #deny(intent: TradeIntent, code: string, text: string): void {
    this.#parts.line('denied', `${code}: ${text}`)
    this.#parts.tell({ kind: 'denied', intent, code, text, atMs: this.#timeOf(intent) })
  }

  #timeOf(intent: TradeIntent): number {
    const { epics, timeOf } = this.#parts
    return timeOf('epic' in intent && intent.epic !== undefined ? intent.epic : (epics[0] ?? ''))
  }

  #place(here: Epic) {
    const { desk, book, epics } = this.#parts
    return { by: this.#by, state: desk.state, book, markets: epics, here }
  }
}
