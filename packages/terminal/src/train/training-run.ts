import type { Clock } from '@scalpdesk/sdk'
import { createKeyDecoder } from '../keys/key-decoder.ts'
import { openGate, passKeys } from '../keys/key-gate.ts'
import type { KeyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import { noticeWords } from '../session/key-notice-words.ts'
import type { Terminal } from '../terminal.ts'
import type { Drill } from './drill.ts'
import type { PriceFeed, ShownPrice } from './shown-price.ts'
import { dueMs, startTraining, step, type Training, type TrainingInput } from './training.ts'
import type { TrainingTexts } from './training-words.ts'

/** What a run looks like at one moment. */
export interface TrainingPicture {
  readonly training: Training
  readonly price: ShownPrice | null
  readonly priceName: string
  readonly table: KeyTable
  readonly keyboard: Keyboard
  /** Why a key was not taken. */
  readonly notice: string | null
}

/** Where a run is shown: drawn, or told as lines. */
export interface TrainingFace {
  show(picture: TrainingPicture): void
}

export interface TrainingParts {
  readonly terminal: Pick<Terminal, 'isMultiplexed' | 'onInput' | 'onResize'>
  readonly face: TrainingFace
  readonly texts: Pick<TrainingTexts, 'notices'>
  readonly clock: Clock
  readonly table: KeyTable
  readonly plan: readonly Drill[]
  readonly prices: PriceFeed
}

export interface TrainingRun {
  /** Resolves with what was done when the last drill is answered, or when the trader has had enough. */
  readonly over: Promise<{ readonly training: Training; readonly keyboard: Keyboard }>
  /** Ends it as `q` does. */
  stop(): void
}

/** A key that was silent for so long before a drill is not held any more: the next press of it is a new one (our choice). */
const RELEASED_MS = 700

/**
 * Runs drills on a terminal that was entered. Keys go through the same decoder, table and gate as when trading; behind them
 * is no desk, no broker and no connection.
 */
export function runTraining({ terminal, face, texts, clock, table, plan, prices }: TrainingParts): TrainingRun {
  const over = Promise.withResolvers<{ readonly training: Training; readonly keyboard: Keyboard }>()
  const decoder = createKeyDecoder()
  let gate = openGate(terminal.isMultiplexed)
  let training = startTraining(plan, clock.monotonicMs())
  let price: ShownPrice | null = null
  let notice: string | null = null
  let isOver = false
  let timer = clock.at(clock.monotonicMs(), tellTime)
  let priceTimer = clock.at(clock.monotonicMs(), movePrice)

  function movePrice(): void {
    price = prices.next()
    priceTimer = clock.at(clock.monotonicMs() + price.afterMs, movePrice)
    draw()
  }

  function tellTime(): void {
    feed({ kind: 'time', atMs: clock.monotonicMs() })
  }

  function feed(input: TrainingInput): void {
    const before = training.phase
    training = step(training, input)
    if (training.phase.kind === 'asked' && before.kind !== 'asked') {
      notice = null
      // The desk would take a second press within two seconds for a hold; here the key was seen to rest.
      if (gate.last && input.atMs - gate.last.atMs >= RELEASED_MS) gate = { ...gate, last: null }
    }
    draw()
    timer.cancel()
    const due = dueMs(training)
    if (due === null) return end()
    timer = clock.at(due, tellTime)
  }

  function take(chunk: Uint8Array, atMs: number): void {
    if (isOver) return
    const passed = passKeys(gate, decoder.decode(chunk, atMs), { table, context: 'trading', atMs })
    gate = passed.gate
    const [first] = passed.notices
    if (first) notice = noticeWords(first, texts)
    for (const event of passed.events) {
      if (event.kind !== 'action') continue
      if (event.action === 'quit') return end()
      feed({ kind: 'key', action: event.action, chord: event.chord, atMs })
    }
    draw()
  }

  function draw(): void {
    if (isOver) return
    face.show({ training, price, priceName: prices.name, table, keyboard: gate.keyboard, notice })
  }

  function end(): void {
    if (isOver) return
    isOver = true
    timer.cancel()
    priceTimer.cancel()
    over.resolve({ training, keyboard: gate.keyboard })
  }

  terminal.onInput(chunk => take(chunk, clock.monotonicMs()))
  terminal.onResize(draw)
  return { over: over.promise, stop: end }
}
