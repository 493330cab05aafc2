import type { DeskState, Outcome } from '@scalpdesk/desk'
import type { Clock, Quote } from '@scalpdesk/sdk'
import type { Screen } from '../screen/screen.ts'
import type { ScreenView } from '../screen/view.ts'
import { createChartFeed } from './chart-feed.ts'
import { startFramePump } from './frame-pump.ts'
import { screenViewer } from './screen-view.ts'

export interface PictureParts {
  readonly clock: Clock
  /** Called again when the painting thread dies. */
  readonly openScreen: () => Screen
  readonly environment: ScreenView['environment']
  readonly account: string
}

/** What the trader sees of a desk: decides when to draw what, and keeps trading apart from drawing that fails. */
export interface Picture {
  /** The desk's newest state; drawn with the next frame. */
  show(state: DeskState): void
  /** A price that the chart must not miss, even when no frame falls on it. */
  chart(quote: Quote): void
  /** Something the keys have to say; stands until the desk has news, or for a few seconds. */
  notice(text: string): void
  ask(question: string | null): void
  readonly question: string | null
  keyboard(hasBareCtrl: boolean): void
  resize(columns: number, rows: number): void
  /** Calls before each frame. */
  onFrame(listener: () => void): void
  /** Calls with the state that a frame shows once the terminal has taken it (monotonic). */
  onPainted(listener: (state: DeskState, atMs: number) => void): void
  /** Drawing failed too often; trading has not. */
  readonly failed: Promise<Error>
  /** For good: nothing is written to the terminal after it returns. */
  stop(): void
}

/** How long a notice stands before the desk's last outcome shows again: our choice. */
const NOTICE_MS = 4_000
/** A painter that dies so often within a minute ends the session: nobody must stay in front of a dead picture (our choice). */
const DEATHS_A_MINUTE = 3
const MINUTE_MS = 60_000
/** Frames that a terminal is asked to take and does not: seconds of them (our choice). */
const FRAMES_KEPT = 200

export function startPicture(parts: PictureParts): Picture {
  const { clock } = parts
  const view = screenViewer()
  const chartFeed = createChartFeed()
  const failing = Promise.withResolvers<Error>()
  const frameListeners: (() => void)[] = []
  const paintedListeners: ((state: DeskState, atMs: number) => void)[] = []
  /** Frames on their way to the terminal, by their number. */
  const drawn = new Map<number, DeskState>()
  let state: DeskState | null = null
  let question: string | null = null
  let notice: { readonly text: string; readonly untilMs: number } | null = null
  let lastOutcome: Outcome | null = null
  let hasBareCtrl = false
  let deathsMs: readonly number[] = []
  let screen = openScreen()

  const pump = startFramePump(clock, atMs => {
    for (const listener of frameListeners) listener()
    if (notice && atMs > notice.untilMs) notice = null
    if (state) remember(screen.show(draw(state, atMs)), state)
  })

  function draw(present: DeskState, atMs: number): ScreenView {
    const around = {
      environment: parts.environment,
      account: parts.account,
      hasBareCtrl,
      question,
      feeds: chartFeed.take(),
      notice: notice?.text ?? null,
      wallOffsetMs: clock.nowMs() - atMs,
    }
    return view(present, around, atMs)
  }

  function openScreen(): Screen {
    const opened = parts.openScreen()
    // Not within the call: a painter may have died before anybody listened.
    drawn.clear()
    opened.onPainted((sequence, wallMs) => painted(sequence, wallMs - clock.nowMs() + clock.monotonicMs()))
    opened.onFailure(error => queueMicrotask(() => replace(error)))
    return opened
  }

  function remember(sequence: number, shown: DeskState): void {
    drawn.set(sequence, shown)
    const [oldest] = drawn.keys()
    if (drawn.size > FRAMES_KEPT && oldest !== undefined) drawn.delete(oldest)
  }

  /** The terminal took this frame, and with it all before. */
  function painted(sequence: number, atMs: number): void {
    const shown = drawn.get(sequence)
    for (const number of drawn.keys()) if (number <= sequence) drawn.delete(number)
    if (shown) for (const listener of paintedListeners) listener(shown, atMs)
  }

  function replace(error: Error): void {
    const nowMs = clock.monotonicMs()
    deathsMs = [...deathsMs.filter(atMs => nowMs - atMs < MINUTE_MS), nowMs]
    if (deathsMs.length >= DEATHS_A_MINUTE) return failing.resolve(error)
    screen = openScreen()
    say(`the screen was drawn anew after a fault: ${error.message}`)
  }

  function say(text: string): void {
    notice = { text, untilMs: clock.monotonicMs() + NOTICE_MS }
    pump.wake()
  }

  return {
    show(next) {
      state = next
      // What the keys had to say stands until the desk has something newer to say.
      if (next.outcome !== lastOutcome) notice = null
      lastOutcome = next.outcome
      pump.wake()
    },
    chart: quote => chartFeed.add(quote),
    notice: say,
    ask(next) {
      question = next
      pump.wake()
    },
    get question() {
      return question
    },
    keyboard(isKnown) {
      hasBareCtrl = isKnown
      pump.wake()
    },
    resize(columns, rows) {
      screen.resize(columns, rows)
      pump.wake()
    },
    onFrame: listener => void frameListeners.push(listener),
    onPainted: listener => void paintedListeners.push(listener),
    failed: failing.promise,
    stop() {
      pump.stop()
      screen.stopNow()
    },
  }
}
