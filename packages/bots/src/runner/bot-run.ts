import type { Intent, PressedBy } from '@scalpdesk/desk'
import { type Epic, epic as epicOf, type Quote } from '@scalpdesk/sdk'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import type { ProfitView } from '../strategy/view.ts'
import type { PressResult } from './bot-desk.ts'
import { botDenial, MINUTE_MS } from './bot-limits.ts'
import { type BotLine, dealLine } from './bot-line.ts'
import type { BotParts, BotPorts } from './bot-parts.ts'
import type { BotPhase, BotStatus } from './bot-status.ts'
import { OwnBook } from './own-book.ts'
import { exitIntents, ownIntents } from './own-intents.ts'
import { OwnNames } from './own-names.ts'
import { PressQueue } from './press-queue.ts'
import { plainDeal, plainHoldings, type SeatAnswer, type SeatNews, type SeatWish, type TickNews } from './seat-news.ts'
import { tickUnits } from './tick-units.ts'
import { turnOf, wishRefusal } from './wish-rules.ts'

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
  readonly #presses = new PressQueue()
  /** What happened since the strategy was asked last, and the ticks that it has not seen. */
  #news: SeatNews[] = []
  #waiting: TickNews[] = []
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
    const { length: waiting } = this.#waiting
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
    return this.#asking !== null || this.#waiting.length > 0
  }

  /** Nothing is asked, pressed or to be told. */
  get isIdle(): boolean {
    return this.#asking === null && this.#presses.size === 0 && this.#waiting.length === 0
  }

  /** A price of one of its markets. */
  take(quote: Quote): void {
    const view = this.#parts.markets.find(({ epic }) => epic === quote.epic)
    const units = view && tickUnits(quote, view.decimals)
    if (!units || this.#phase.kind === 'stopped') return
    const { epic } = quote
    if (this.#waiting.length >= MOST_WAITING) return void this.#missed++
    this.#ticks++
    this.#lastTickMs.set(epic, units.atMs)
    this.#waiting.push({ kind: 'tick', epic, ...units })
    this.#ports.soon(() => this.#pump())
  }

  /** Something of the desk has changed, or may have. */
  look(): void {
    if (this.#phase.kind === 'stopped') return
    const { desk } = this.#ports
    const news = this.#book.look(desk.state, epic => this.#timeOf(epic))
    for (const deal of news) {
      this.#line('deal', dealLine(deal, this.#parts.markets))
      this.#tell(deal)
    }
    for (const epic of this.#epics) {
      const holdings = plainHoldings(this.#book.holdings(epic, this.#presses.isBusy(epic)))
      const text = JSON.stringify(holdings)
      if (this.#told.get(epic) === text) continue
      this.#told.set(epic, text)
      this.#news.push({ kind: 'holdings', epic, holdings })
    }
    const profit = this.#book.profit(desk.state)
    const { openCents, bookedCents } = profit
    if (openCents === this.#profit.openCents && bookedCents === this.#profit.bookedCents) return
    this.#profit = profit
    this.#news.push({ kind: 'profit', openCents, bookedCents })
    const { maxLossCents } = this.#parts.limits
    if (maxLossCents !== null && openCents + bookedCents <= -maxLossCents)
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
    // A strategy that fails while a trader has taken over leaves what there is to the trader.
    const isLeft = this.#phase.kind === 'held' && cause === 'failed'
    this.#phase = { kind: 'leaving', why }
    const isBad = cause !== 'asked'
    this.#line(isBad ? 'failed' : 'state', `stops: ${why}`)
    await this.#asking
    this.look()
    if (!isLeft) {
      const wanted = cause === 'loss' ? null : await this.#lastWord()
      // Getting out does not wait for what is under way: what comes of that is looked at again.
      if (wanted) for (const wish of wanted) this.#act(wish)
      else this.#exit(cause)
      await this.#presses.settled()
      this.look()
      if (this.#book.size > 0) this.#exit(cause)
    }
    await this.#presses.settled()
    await this.#parts.seat.close()
    this.look()
    this.#phase = { kind: 'stopped', why, isFailure: isBad }
    const left = this.#book.positions.length
    this.#line('state', left === 0 ? 'stopped, and holds nothing' : `stopped, and ${left} of its positions stay open`)
    this.#onStopped()
  }

  async #lastWord(): Promise<readonly SeatWish[] | null> {
    const last = await this.#parts.seat.ask([...this.#news.splice(0), { kind: 'stop' }]).catch(() => null)
    return last?.wanted ?? null
  }

  /** Without the strategy, which does not answer, or is not to be asked. */
  #exit(cause: 'asked' | 'failed' | 'loss'): void {
    const policy = cause === 'loss' ? 'flatten' : this.#parts.exitPolicy
    for (const intent of this.#epics.flatMap(epic => exitIntents(policy, this.#place(epicOf(epic)))))
      this.#presses.add('', 'alone', () => this.#press(intent, null))
  }

  #pump(): void {
    if (this.#asking || this.#phase.kind === 'leaving' || this.#phase.kind === 'stopped') return
    if (this.#waiting.length === 0) return
    // What a price brought about, its strategy hears before that price.
    this.look()
    const news = [...this.#news, ...this.#waiting]
    this.#news = []
    this.#waiting = []
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
    const { intent, epic } = wish
    const market = 'epic' in intent && intent.epic !== undefined ? intent.epic : epic
    const atMs = this.#ports.nowMs()
    this.#presses.add(market, turnOf(intent), () => this.#take(intent, epic, atMs))
  }

  /** Looks at it when its turn has come: until then much may have changed. */
  async #take(wanted: TradeIntent, here: string, wantedAtMs: number): Promise<void> {
    const refusal = wishRefusal(wanted, this.#phase, this.#ports.nowMs() - wantedAtMs)
    if (refusal) return this.#deny(wanted, refusal.code, refusal.text)
    const own = ownIntents(wanted, this.#place(epicOf(here)))
    if (own.kind === 'denied') return this.#deny(wanted, own.code, own.text)
    await Promise.all(
      own.intents.map(intent => {
        const denial = botDenial(this.#parts.limits, intent, {
          sentAtMs: this.#sentAtMs,
          positions: this.#book.size,
          atMs: this.#ports.nowMs(),
        })
        return denial ? this.#deny(wanted, denial.code, denial.text) : this.#press(intent, wanted)
      }),
    )
  }

  async #press(intent: Intent, wanted: TradeIntent | null): Promise<void> {
    const nowMs = this.#ports.nowMs()
    this.#sentAtMs = [...this.#sentAtMs.filter(sentMs => nowMs - sentMs < MINUTE_MS), nowMs]
    try {
      this.#settled(await this.#ports.desk.press(intent, this.#by), wanted)
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : String(cause)
      if (wanted) this.#deny(wanted, 'not-taken', text)
      else this.#line('failed', text)
    }
    this.look()
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
    this.#news.push({ kind: 'deal', deal: plainDeal(deal) })
  }

  #nowOf(intent: TradeIntent): number {
    const epic = 'epic' in intent && intent.epic !== undefined ? intent.epic : (this.#epics[0] ?? '')
    return this.#timeOf(epic)
  }

  /** What happens is dated by the price that the market shows meanwhile: the only clock that a strategy has. */
  #timeOf(epic: string): number {
    const quote = this.#ports.desk.state.quotes.get(epicOf(epic))
    return Math.max(this.#lastTickMs.get(epic) ?? 0, quote?.brokerTimeMs ?? 0)
  }

  #place(here: Epic) {
    return { state: this.#ports.desk.state, book: this.#book, markets: this.#epics, here }
  }

  #line(kind: BotLine['kind'], text: string): void {
    this.#ports.onLine({ bot: this.name, kind, text })
  }
}

/** Ticks that wait for a strategy that is busy; more is left out and said. Our choice: seconds of the quickest market. */
const MOST_WAITING = 2_000
