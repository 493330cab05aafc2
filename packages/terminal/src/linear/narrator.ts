import type { OutcomeView, ScreenView, ToldView } from '../screen/view.ts'
import type { LinearTexts } from './linear-texts.ts'
import { gainedLines, wordsOf } from './log-lines.ts'
import { orderChanges } from './order-changes.ts'
import { overlayChanges, typedIn } from './overlay-changes.ts'
import { positionChanges } from './position-changes.ts'
import { type PriceRhythm, PriceSpeech } from './price-speech.ts'
import type { Said } from './said.ts'
import { stateChanges, wholeState } from './state-changes.ts'

/** The day's result is said at most so often (our choice). */
const DAY_RESULT_EVERY_MS = 60_000
/** A price that is stale, or live again, for a shorter time is not said: it would never end (our choice). */
const SETTLED_AFTER_MS = 1000
/** What is typed is said when the fingers rest (our choice). */
const TYPED_AFTER_MS = 700
/** The same outcome within this time is counted, not said again (our choice). */
const AGAIN_AFTER_MS = 2000
/** How long an outcome keeps what it told from being told again by the lists (our choice: they follow within a second). */
const TOLD_FOR_MS = 5000

/** Turns views into lines: each event once, outcomes always, what moves with every tick at a calm rhythm. */
export class Narrator {
  readonly #texts: LinearTexts
  readonly #price: PriceSpeech | null
  #before: ScreenView | null = null
  /** Outcomes that were said: one that comes back after a notice is no new one. */
  readonly #heard = new WeakSet<OutcomeView>()
  #outcome: { readonly text: string; readonly atMs: number; again: number } | null = null
  #told: readonly { readonly told: ToldView; readonly atMs: number }[] = []
  #dayResult: { readonly text: string | null; readonly atMs: number } = { text: null, atMs: 0 }
  readonly #freshness = new Settled<string>(SETTLED_AFTER_MS)
  readonly #typed = new Settled<string>(TYPED_AFTER_MS)

  /** @param price null: the price is not said by itself */
  constructor(texts: LinearTexts, price: PriceRhythm | null) {
    this.#texts = texts
    this.#price = price === null ? null : new PriceSpeech(price)
  }

  /** @param nowMs monotonic time. @returns the lines to say for a view, in their order */
  tell(view: ScreenView, nowMs: number): readonly string[] {
    const before = this.#before
    this.#before = view
    const outcomes = this.#outcomes(before, view, nowMs)
    const changes = this.#unlessTold(this.#changes(before, view), nowMs)
    // At first where one is, then what has happened there.
    const lines = before === null ? [...changes, ...outcomes] : [...outcomes, ...changes]
    lines.push(...this.#calmly(view, nowMs))
    if (before === null) this.#dayResult = { text: view.dayProfit?.text ?? null, atMs: nowMs }
    return lines
  }

  /** Everything again, for a trader who asks for it. */
  again(): readonly string[] {
    return this.#before === null ? [] : wholeState(this.#before, this.#texts).map(({ text }) => text)
  }

  /** What is still to be said when the session ends. */
  end(): readonly string[] {
    return this.#counted()
  }

  #changes(before: ScreenView | null, view: ScreenView): readonly Said[] {
    const texts = this.#texts
    if (before === null) return wholeState(view, texts)
    return [
      ...stateChanges(before, view, texts),
      ...positionChanges(before.positions, view.positions, texts),
      ...orderChanges(before.orders, view.orders, texts),
      ...overlayChanges(before.overlay, view.overlay, texts),
    ]
  }

  /** What the desk has said since, by its log; and what the keys say, which is no news of the desk. */
  #outcomes(before: ScreenView | null, view: ScreenView, nowMs: number): readonly string[] {
    const gained = gainedLines(before?.log ?? [], view.log).map(wordsOf)
    const isNew = !this.#heard.has(view.outcome)
    this.#heard.add(view.outcome)
    const texts = isNew && !gained.includes(view.outcome.text) ? [...gained, view.outcome.text] : gained
    const lines = texts.flatMap(text => this.#outcomeLines(text, nowMs))
    if (this.#outcome !== null && nowMs - this.#outcome.atMs >= AGAIN_AFTER_MS) lines.push(...this.#counted())
    this.#told = [
      ...this.#told.filter(({ atMs }) => nowMs - atMs < TOLD_FOR_MS),
      ...view.told.slice(view.told.length - gained.length).flatMap(told => (told ? [{ told, atMs: nowMs }] : [])),
    ]
    return lines
  }

  #outcomeLines(text: string, nowMs: number): readonly string[] {
    const last = this.#outcome
    if (last?.text === text && nowMs - last.atMs < AGAIN_AFTER_MS) {
      last.again += 1
      return []
    }
    const lines = [...this.#counted(), text]
    this.#outcome = { text, atMs: nowMs, again: 0 }
    return lines
  }

  /** The outcome that came again and again meanwhile, once with its count. */
  #counted(): readonly string[] {
    const last = this.#outcome
    this.#outcome = null
    return last === null || last.again === 0 ? [] : [this.#texts.again(last.again, last.text)]
  }

  #unlessTold(lines: readonly Said[], nowMs: number): readonly string[] {
    const told = this.#told.filter(({ atMs }) => nowMs - atMs < TOLD_FOR_MS)
    return lines.filter(({ isTold }) => isTold === null || !told.some(one => isTold(one.told))).map(({ text }) => text)
  }

  #calmly(view: ScreenView, nowMs: number): readonly string[] {
    const lines: string[] = []
    const { quote, market, dayProfit } = view
    const freshness = this.#freshness.settle(`${market.epic} ${quote.freshness}`, nowMs)
    // With another market its state is said at once, by its name.
    if (freshness?.before.startsWith(`${market.epic} `)) lines.push(this.#texts.freshness[quote.freshness](market.name))
    const typed = this.#typed.settle(typedIn(view.overlay) ?? '', nowMs)
    if (typed !== null && typedIn(view.overlay) !== null) lines.push(this.#texts.typed(typedIn(view.overlay) ?? ''))
    const price = this.#price?.tell(view, nowMs, this.#texts) ?? null
    if (price !== null) lines.push(price)
    const { text, atMs } = this.#dayResult
    if (dayProfit !== null && dayProfit.text !== text && nowMs - atMs >= DAY_RESULT_EVERY_MS) {
      this.#dayResult = { text: dayProfit.text, atMs: nowMs }
      lines.push(this.#texts.dayResult(dayProfit.text))
    }
    return lines
  }
}

/** A value that counts once it has stood for a while. */
class Settled<Value> {
  readonly #afterMs: number
  #settled: Value | undefined
  #candidate: { readonly value: Value; readonly sinceMs: number } | null = null

  constructor(afterMs: number) {
    this.#afterMs = afterMs
  }

  /** @returns the value before, when another one has just settled; null otherwise. The first value settles at once, unsaid. */
  settle(value: Value, nowMs: number): { readonly before: Value } | null {
    if (this.#settled === undefined) {
      this.#settled = value
      return null
    }
    if (value === this.#settled) {
      this.#candidate = null
      return null
    }
    if (this.#candidate?.value !== value) this.#candidate = { value, sinceMs: nowMs }
    if (nowMs - this.#candidate.sinceMs < this.#afterMs) return null
    const before = this.#settled
    this.#settled = value
    this.#candidate = null
    return { before }
  }
}
