import type { Intent, PressedBy } from '@scalpdesk/desk'
import { type Epic, epic as epicOf, type Quote } from '@scalpdesk/sdk'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import type { ExitPolicy } from '../strategy/strategy.ts'
import type { MarketView, ProfitView } from '../strategy/view.ts'
import type { BotDesk, PressResult } from './bot-desk.ts'
import { type BotLimits, botDenial, MINUTE_MS } from './bot-limits.ts'
import { type BotLine, dealLine } from './bot-line.ts'
import type { BotPhase, BotStatus } from './bot-status.ts'
import { OwnBook } from './own-book.ts'
import { flattenOwn, ownIntents } from './own-intents.ts'
import { OwnNames } from './own-names.ts'
import type { Seat } from './seat.ts'
import { plainDeal, plainHoldings, type SeatAnswer, type SeatNews, type SeatWish } from './seat-news.ts'
import { tickUnits } from './tick-units.ts'

/** One bot, as it is set up. */
export interface BotParts {
  /** Of its own in the runner: it is written into the journal with each of its orders. */
  readonly name: string
  readonly seat: Seat
  readonly markets: readonly [MarketView, ...MarketView[]]
  readonly exitPolicy: ExitPolicy
  readonly limits: BotLimits
}

export interface BotPorts {
  readonly desk: BotDesk
  /** Monotonic. */
  nowMs(): number
  /** Runs it when what is being told now has been told altogether: a fill comes with the price that made it. */
  soon(run: () => void): void
  onLine(line: BotLine): void
}

/** One bot over the desk: what happens goes to its strategy, what that wants goes to the desk. */
export class BotRun {
  readonly name: string
  readonly #parts: BotParts
  readonly #ports: BotPorts
  readonly #onStopped: () => void
  readonly #by: PressedBy
  readonly #names = new OwnNames()
  readonly #book: OwnBook
  readonly #epics: readonly string[]
  readonly #lastTickMs = new Map<string, number>()
  readonly #pressing = new Map<string, number>()
  readonly #under = new Set<Promise<unknown>>()
  #queue: SeatNews[] = []
  #told = new Map<string, string>()
  #profit: ProfitView = { openCents: 0, bookedCents: 0 }
  #phase: BotPhase = { kind: 'running' }
  #sentAtMs: number[] = []
  #orders = 0
  #ticks = 0
  #missed = 0
  #asking: Promise<void> | null = null
  #ending: Promise<void> | null = null

  constructor(parts: BotParts, ports: BotPorts, onStopped: () => void) {
    this.name = parts.name
    this.#parts = parts
    this.#ports = ports
    this.#onStopped = onStopped
    this.#by = `bot:${parts.name}`
    this.#epics = parts.markets.map(({ epic }) => epic)
    this.#book = new OwnBook(this.#names, parts.markets)
  }

  get status(): BotStatus {
    const { name } = this
    const { openCents, bookedCents } = this.#profit
    const [positions, resting] = [this.#book.positions.length, this.#book.orders.length]
    const { length: waiting } = this.#queue
    return {
      name,
      phase: this.#phase,
      openCents,
      bookedCents,
      positions,
      resting,
      orders: this.#orders,
      ticks: this.#ticks,
      waiting,
    }
  }

  /** Its strategy is asked something now. */
  get isThinking(): boolean {
    return this.#asking !== null
  }

  /** Nothing is asked, pressed or to be told. */
  get isIdle(): boolean {
    return this.#asking === null && this.#under.size === 0 && !this.#queue.some(({ kind }) => kind === 'tick')
  }

  /** A price of one of its markets. */
  take(quote: Quote): void {
    const view = this.#parts.markets.find(({ epic }) => epic === quote.epic)
    const units = view && tickUnits(quote, view.decimals)
    if (!units || this.#phase.kind === 'stopped') return
    const { epic } = quote
    this.look()
    if (this.#queue.length >= MOST_WAITING) return void this.#missed++
    this.#ticks++
    this.#lastTickMs.set(epic, units.atMs)
    this.#queue.push({ kind: 'tick', epic, ...units })
    this.#ports.soon(() => this.#pump())
  }

  /** Something of the desk has changed, or may have. */
  look(): void {
    const { desk } = this.#ports
    const news = this.#book.look(desk.state, epic => this.#lastTickMs.get(epic) ?? 0)
    for (const deal of news) {
      this.#line('deal', dealLine(deal, this.#parts.markets))
      this.#tell(deal)
    }
    for (const epic of this.#epics) {
      const holdings = plainHoldings(this.#book.holdings(epic, (this.#pressing.get(epic) ?? 0) > 0))
      const text = JSON.stringify(holdings)
      if (this.#told.get(epic) === text) continue
      this.#told.set(epic, text)
      this.#queue.push({ kind: 'holdings', epic, holdings })
    }
    const profit = this.#book.profit(desk.state)
    const { openCents, bookedCents } = profit
    if (openCents === this.#profit.openCents && bookedCents === this.#profit.bookedCents) return
    this.#profit = profit
    this.#queue.push({ kind: 'profit', openCents, bookedCents })
    const { maxLossCents } = this.#parts.limits
    if (maxLossCents !== null && openCents + bookedCents <= -maxLossCents && this.#phase.kind !== 'stopped')
      void this.end(`its loss reached ${(maxLossCents / 100).toFixed(2)}`, 'loss')
  }

  /** What the strategy wants is refused from now on; it goes on looking. */
  hold(by: 'pause' | 'flatten'): void {
    if (this.#phase.kind !== 'running' && this.#phase.kind !== 'held') return
    this.#phase = { kind: 'held', by }
    this.#line(
      'state',
      by === 'pause' ? 'paused: what it wants is refused' : 'flattened: what it wants is refused until p',
    )
  }

  resume(): void {
    if (this.#phase.kind !== 'held') return
    this.#phase = { kind: 'running' }
    this.#line('state', 'goes on')
  }

  /** Its last word, then its exit policy. Resolves when all of that has its outcome. @param cause `loss` closes all that is its own */
  end(why: string, cause: 'asked' | 'failed' | 'loss' = 'asked'): Promise<void> {
    this.#ending ??= this.#leave(why, cause)
    return this.#ending
  }

  async #leave(why: string, cause: 'asked' | 'failed' | 'loss'): Promise<void> {
    const wasHeld = this.#phase.kind === 'held'
    this.#phase = { kind: 'leaving', why }
    const isBad = cause !== 'asked'
    this.#line(isBad ? 'failed' : 'state', `stops: ${why}`)
    await this.#asking
    await this.#pressed()
    this.look()
    let wanted: readonly SeatWish[] | null = null
    if (cause !== 'loss') {
      const last = await this.#parts.seat
        .ask([...this.#queue.splice(0).filter(isNoTick), { kind: 'stop' }])
        .catch(() => null)
      wanted = last?.wanted ?? null
    }
    // A trader who took over keeps what there is; so does one whose flatten is under way.
    if (!wasHeld) {
      if (wanted) for (const wish of wanted) this.#act(wish)
      else for (const intent of this.#exit(cause)) this.#press(intent, null)
    }
    await this.#pressed()
    await this.#parts.seat.close()
    this.look()
    this.#phase = { kind: 'stopped', why, isFailure: isBad }
    const left = this.#book.positions.length
    this.#line('state', left === 0 ? 'stopped, and holds nothing' : `stopped, and ${left} of its positions stay open`)
    this.#onStopped()
  }

  /** Without the strategy, which does not answer, or is not to be asked. */
  #exit(cause: 'asked' | 'failed' | 'loss'): readonly Intent[] {
    if (cause === 'loss' || this.#parts.exitPolicy === 'flatten')
      return this.#epics.flatMap(name => {
        const epic = epicOf(name)
        return flattenOwn(this.#place(epic), { kind: 'market', epic })
      })
    const { orders, positions } = this.#book
    return [
      ...orders.map(({ dealId }): Intent => ({ kind: 'cancel', orders: { dealId } })),
      ...positions
        .filter(({ stopLevel }) => stopLevel === null)
        .map(({ dealId }): Intent => ({ kind: 'close', dealId, part: 'all' })),
    ]
  }

  #pump(): void {
    if (this.#asking || this.#phase.kind === 'leaving' || this.#phase.kind === 'stopped') return
    if (!this.#queue.some(({ kind }) => kind === 'tick')) return
    const news = this.#queue
    this.#queue = []
    this.#asking = this.#parts.seat.ask(news).then(
      answer => this.#answered(answer),
      (cause: unknown) => {
        this.#asking = null
        void this.end(cause instanceof Error ? cause.message : String(cause), 'failed')
      },
    )
  }

  #answered({ wanted, end }: SeatAnswer): void {
    this.#asking = null
    if (this.#missed > 0) this.#line('state', `is slower than the market: ${this.#missed} ticks were left out`)
    this.#missed = 0
    for (const wish of wanted) this.#act(wish)
    if (end) void this.end(end.why, end.kind === 'failed' ? 'failed' : 'asked')
    else this.#pump()
  }

  #act(wish: SeatWish): void {
    if (wish.kind === 'say') return this.#line('said', wish.text)
    const { intent: wanted, epic } = wish
    if (this.#phase.kind === 'stopped') return
    if (this.#phase.kind === 'held') {
      const text = this.#phase.by === 'pause' ? 'the bot is paused' : 'everything was flattened by hand'
      return this.#deny(wanted, this.#phase.by === 'pause' ? 'paused' : 'flattened', `${text}; p lets it go on`)
    }
    const own = ownIntents(wanted, this.#place(epicOf(epic)))
    if (own.kind === 'denied') return this.#deny(wanted, own.code, own.text)
    for (const intent of own.intents) {
      const denial = botDenial(this.#parts.limits, intent, {
        sentAtMs: this.#sentAtMs,
        positions: this.#book.size + this.#pressingAll(),
        atMs: this.#ports.nowMs(),
      })
      if (denial) this.#deny(wanted, denial.code, denial.text)
      else this.#press(intent, { wanted, epic })
    }
  }

  #press(intent: Intent, about: { readonly wanted: TradeIntent; readonly epic: string } | null): void {
    const nowMs = this.#ports.nowMs()
    this.#sentAtMs = [...this.#sentAtMs.filter(sentMs => nowMs - sentMs < MINUTE_MS), nowMs]
    const epic = about && ('epic' in about.wanted && about.wanted.epic !== undefined ? about.wanted.epic : about.epic)
    if (epic !== null) this.#pressing.set(epic, (this.#pressing.get(epic) ?? 0) + 1)
    const under = this.#ports.desk.press(intent, this.#by).then(
      result => this.#settled(result, about?.wanted ?? null),
      (cause: unknown) => {
        const text = cause instanceof Error ? cause.message : String(cause)
        if (about) this.#deny(about.wanted, 'not-taken', text)
        else this.#line('failed', text)
      },
    )
    const done = under.finally(() => {
      this.#under.delete(done)
      if (epic !== null) this.#pressing.set(epic, (this.#pressing.get(epic) ?? 1) - 1)
      this.look()
    })
    this.#under.add(done)
  }

  #settled(result: PressResult, wanted: TradeIntent | null): void {
    this.#names.learn(result)
    this.#orders += result.orders.length
    const { outcome, words, denial } = result
    if (denial && wanted) return this.#deny(wanted, denial.code, denial.words)
    if (outcome === 'rejected' && wanted) {
      const reason = result.orders.find(({ state }) => state === 'rejected')?.reason ?? words
      this.#line('rejected', words)
      return this.#tell({ kind: 'rejected', intent: wanted, reason, atMs: this.#nowOf(wanted) })
    }
    this.#line(outcome === 'done' ? 'sent' : outcome, words)
  }

  #deny(intent: TradeIntent, code: string, text: string): void {
    this.#line('denied', `${code}: ${text}`)
    this.#tell({ kind: 'denied', intent, code, text, atMs: this.#nowOf(intent) })
  }

  #tell(deal: BotDeal): void {
    this.#queue.push({ kind: 'deal', deal: plainDeal(deal) })
  }

  #nowOf(intent: TradeIntent): number {
    const epic = 'epic' in intent && intent.epic !== undefined ? intent.epic : (this.#epics[0] ?? '')
    return this.#lastTickMs.get(epic) ?? 0
  }

  #place(here: Epic) {
    return { state: this.#ports.desk.state, book: this.#book, markets: this.#epics, here }
  }

  #pressingAll(): number {
    return [...this.#pressing.values()].reduce((sum, each) => sum + each, 0)
  }

  async #pressed(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under)
  }

  #line(kind: BotLine['kind'], text: string): void {
    this.#ports.onLine({ bot: this.name, kind, text })
  }
}

const isNoTick = ({ kind }: SeatNews): boolean => kind !== 'tick'

/** News that wait for a strategy that is busy; more is left out and said. Our choice: seconds of the quickest market. */
const MOST_WAITING = 2_000
