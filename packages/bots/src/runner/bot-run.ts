import { epic as epicOf, type Quote } from '@scalpdesk/sdk'
import type { BotDeal } from '../strategy/bot-deal.ts'
import { type BotLine, dealLine, earlierLine, warmingWords } from './bot-line.ts'
import { BotNotes } from './bot-notes.ts'
import { BotOrders } from './bot-orders.ts'
import type { BotParts, BotPorts } from './bot-parts.ts'
import { type BotPast, botPast, type WaitingNews } from './bot-past.ts'
import type { BotPhase, BotStatus } from './bot-status.ts'
import { type Heard, NOTHING_HEARD } from './kept-bot.ts'
import { OwnBook, type OwnProfit } from './own-book.ts'
import { OwnNames } from './own-names.ts'
import { plainDeal, plainHoldings, type SeatAnswer, type SeatNews, type SeatWish, type Warming } from './seat-news.ts'
import { tickUnits } from './tick-units.ts'

/** One bot over the desk: what happens goes to its strategy, what that wants goes to the desk. */
export class BotRun {
  readonly name: string
  readonly #parts: BotParts
  readonly #ports: BotPorts
  readonly #onStopped: () => void
  readonly #names: OwnNames
  readonly #book: OwnBook
  readonly #epics: readonly string[]
  readonly #lastTickMs = new Map<string, number>()
  readonly #orders: BotOrders
  readonly #notes: BotNotes
  readonly #past: BotPast
  /** What happened since the strategy was asked last, and the ticks that it has not seen. */
  #news: SeatNews[] = []
  #waiting: WaitingNews[] = []
  #warming: Warming | null = null
  #told = new Map<string, string>()
  #profit: OwnProfit = { openCents: 0, bookedCents: 0, bookedTodayCents: 0 }
  /** As of the question that its strategy is asked. */
  #heard: Heard = NOTHING_HEARD
  #phase: BotPhase = { kind: 'running' }
  #ticks = 0
  #missed = 0
  #asking: Promise<void> | null = null
  #ending: Promise<void> | null = null

  constructor(parts: BotParts, ports: BotPorts, onStopped: () => void) {
    this.name = parts.name
    this.#parts = parts
    this.#ports = ports
    this.#onStopped = onStopped
    this.#epics = parts.markets.map(({ epic }) => epic)
    const { earlier, keeper } = parts
    this.#names = new OwnNames(earlier ?? undefined)
    this.#book = new OwnBook(this.#names, parts.markets)
    this.#orders = new BotOrders({
      name: parts.name,
      epics: this.#epics,
      limits: parts.limits,
      desk: ports.desk,
      names: this.#names,
      book: this.#book,
      nowMs: () => ports.nowMs(),
      phase: () => this.#phase,
      timeOf: epic => this.#timeOf(epic),
      line: (kind, text) => this.#line(kind, text),
      tell: deal => this.#tell(deal),
      pressed: () => this.look(),
    })
    this.#past = botPast(parts, ports, text => this.#line('state', text))
    this.#notes = new BotNotes(keeper ?? null, parts.seat.hasEarlierState ? earlier?.state : null)
  }

  /** Takes over what a run before it left. The broker's list is known by now. */
  begin(): void {
    this.#past.begin(() => this.#recalled())
    const { earlier } = this.#parts
    if (!earlier) return
    const { desk } = this.#ports
    this.#orders.takeOver(earlier.sentAtMs)
    this.#book.takeOver(desk.state, earlier.heard)
    const { bookedTodayCents } = this.#book.profit(desk.state)
    const { positions, orders } = this.#book
    const words = earlierLine({ positions, orders, bookedTodayCents, currency: desk.state.accountCurrency })
    if (words !== null) this.#line('state', words)
    if (earlier.state !== null && this.#parts.seat.hasEarlierState === false)
      this.#line('state', 'what its strategy remembered does not fit the file of now: it begins anew')
    this.look()
  }

  get status(): BotStatus {
    return {
      name: this.name,
      phase: this.#phase,
      ...this.#profit,
      maxLossCents: this.#parts.limits.maxLossCents,
      positions: this.#book.positions.length,
      resting: this.#book.orders.length,
      orders: this.#orders.sent,
      ticks: this.#ticks,
      warming: this.#warming,
      waiting: this.#waiting.length,
    }
  }

  /** Its strategy is asked something now. */
  get isThinking(): boolean {
    return this.#asking !== null || this.#waiting.length > 0
  }

  /** Nothing is asked, pressed or to be told. */
  get isIdle(): boolean {
    return this.#asking === null && this.#orders.underWay === 0 && this.#waiting.length === 0 && !this.#past.isAsking
  }

  /** A price of one of its markets. */
  take(quote: Quote): void {
    const view = this.#parts.markets.find(({ epic }) => epic === quote.epic)
    const { epic, gap } = quote
    if (view && gap !== null) this.#tear(epic)
    const units = view && tickUnits(quote, view.decimals)
    if (!units || this.#phase.kind === 'stopped') return
    if (this.#waiting.length >= MOST_WAITING) {
      if (this.#missed++ === 0) this.#waiting.push({ kind: 'torn', epic })
      return
    }
    this.#ticks++
    this.#past.mend(epic, units.atMs, () => this.#recalled())
    this.#lastTickMs.set(epic, units.atMs)
    this.#waiting.push({ kind: 'tick', epic, ...units })
    this.#ports.soon(() => this.#pump())
  }

  #tear(epic: string): void {
    const seenMs = this.#lastTickMs.get(epic)
    if (seenMs !== undefined && this.#past.tear(epic, seenMs)) this.#waiting.push({ kind: 'torn', epic })
  }

  #recalled(): void {
    if (this.#past.isAsking) return
    this.#waiting = this.#past.settled(this.#waiting)
    this.#pump()
  }

  /** Something of the desk has changed, or may have. */
  look(): void {
    if (this.#phase.kind === 'stopped') return
    const { desk } = this.#ports
    const news = this.#book.look(
      desk.state,
      epic => this.#timeOf(epic),
      dealId => this.#orders.isLeaving(dealId),
    )
    for (const deal of news) {
      this.#line('deal', dealLine(deal, this.#parts.markets, desk.state.accountCurrency))
      this.#tell(deal)
    }
    for (const epic of this.#epics) {
      const holdings = plainHoldings(this.#book.holdings(epic, this.#orders.isBusy(epic)))
      const text = JSON.stringify(holdings)
      if (this.#told.get(epic) === text) continue
      this.#told.set(epic, text)
      this.#news.push({ kind: 'holdings', epic, holdings })
    }
    const profit = this.#book.profit(desk.state)
    const { openCents, bookedCents, bookedTodayCents } = profit
    const before = this.#profit
    this.#profit = profit
    if (openCents !== before.openCents || bookedCents !== before.bookedCents)
      this.#news.push({ kind: 'profit', openCents, bookedCents })
    const { maxLossCents } = this.#parts.limits
    if (maxLossCents !== null && openCents + bookedTodayCents <= -maxLossCents)
      void this.end(`its loss of the day reached ${(maxLossCents / 100).toFixed(2)}`, 'loss')
  }

  trades(epic: string): boolean {
    return this.#epics.includes(epic)
  }

  /** What the strategy wants is refused from now on; it goes on looking. */
  hold(by: 'pause' | 'flatten'): void {
    const { kind } = this.#phase
    if (kind !== 'running' && kind !== 'held') return
    if (this.#phase.kind === 'held' && this.#phase.by === by) return
    this.#phase = { kind: 'held', by }
    this.#line(
      'state',
      by === 'pause'
        ? 'paused: what it wants is refused'
        : 'flattened by hand: what it wants is refused until it is let go on',
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
      await this.#orders.settled()
      this.look()
      if (this.#book.size > 0) this.#exit(cause)
    }
    await this.#orders.settled()
    await this.#parts.seat.close()
    this.look()
    this.#notes.end(this.#book.size === 0)
    this.#phase = { kind: 'stopped', why, isFailure: isBad }
    const left = this.#book.positions.length
    this.#line('state', left === 0 ? 'stopped, and holds nothing' : `stopped, and ${left} of its positions stay open`)
    this.#onStopped()
  }

  async #lastWord(): Promise<readonly SeatWish[] | null> {
    const last = await this.#parts.seat.ask([...this.#news.splice(0), { kind: 'stop' }]).catch(() => null)
    if (last) this.#note(last)
    return last?.wanted ?? null
  }

  #exit(cause: 'asked' | 'failed' | 'loss'): void {
    this.#orders.leave(cause === 'loss' ? 'flatten' : this.#parts.exitPolicy)
  }

  #pump(): void {
    if (this.#asking || this.#past.isAsking || this.#phase.kind === 'leaving' || this.#phase.kind === 'stopped') return
    if (this.#waiting.length === 0) return
    // What a price brought about, its strategy hears before that price.
    this.look()
    const news = [...this.#news, ...this.#waiting]
    this.#news = []
    this.#waiting = []
    if (this.#notes.isWanted) this.#heard = this.#book.heard(this.#ports.desk.state)
    this.#asking = this.#parts.seat.ask(news).then(
      answer => this.#answered(answer),
      (cause: unknown) => {
        this.#asking = null
        void this.end(cause instanceof Error ? cause.message : String(cause), 'failed')
      },
    )
  }

  #note({ state, wanted }: SeatAnswer): void {
    const isTraded = wanted.some(({ kind }) => kind === 'trade')
    this.#notes.take(state, this.#heard, { atMs: this.#ports.nowMs(), isTraded })
  }

  #answered(answer: SeatAnswer): void {
    const { wanted, end, warming = null } = answer
    this.#asking = null
    if ((warming === null) !== (this.#warming === null))
      this.#line('state', warming ? warmingWords(warming) : 'its indicators are ready')
    this.#warming = warming
    if (this.#missed > 0) this.#line('state', `is slower than the market: ${this.#missed} ticks were left out`)
    this.#missed = 0
    for (const wish of wanted) this.#act(wish)
    // After the orders have left: what they came to is in the journal.
    this.#note(answer)
    if (end) void this.end(end.why, end.kind === 'failed' ? 'failed' : 'asked')
    else this.#pump()
  }

  #act(wish: SeatWish): void {
    if (wish.kind === 'say') return this.#line('said', wish.text)
    const { intent, epic } = wish
    // Its strategy takes the market for busy until it is told what is held, also where that is as before.
    this.#told.delete(('epic' in intent && intent.epic) || epic)
    this.#orders.want(intent, epic)
  }

  #tell(deal: BotDeal): void {
    this.#news.push({ kind: 'deal', deal: plainDeal(deal) })
  }

  /** What happens is dated by the price that the market shows meanwhile: the only clock that a strategy has. */
  #timeOf(epic: string): number {
    const quote = this.#ports.desk.state.quotes.get(epicOf(epic))
    return Math.max(this.#lastTickMs.get(epic) ?? 0, quote?.brokerTimeMs ?? 0)
  }

  #line(kind: BotLine['kind'], text: string): void {
    this.#ports.onLine({ bot: this.name, kind, text })
  }
}

/** Ticks that wait for a strategy that is busy; more is left out and said. Our choice: seconds of the quickest market. */
const MOST_WAITING = 2_000
