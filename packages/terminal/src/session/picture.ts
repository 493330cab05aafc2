import type { DeskState, Outcome } from '@scalpdesk/desk'
import type { Clock, Quote } from '@scalpdesk/sdk'
import type { Screen } from '../screen/screen.ts'
import type { PastCandle, ScreenView, TimeFrame } from '../screen/view.ts'
import { createChartFeed } from './chart-feed.ts'
import { startFramePump } from './frame-pump.ts'
import { lastingScreen } from './lasting-screen.ts'
import { type ScreenSurroundings, screenViewer } from './screen-view.ts'
import type { Look, PaintedFrame } from './selection.ts'
import type { SessionWords } from './session-words.ts'
import { depthViewer } from './view/quote-view.ts'

export interface PictureParts {
  readonly clock: Clock
  /** Called again when the painting thread dies. */
  readonly openScreen: () => Screen
  /** What is drawn on when the painting thread dies too often. */
  readonly openTextMode: () => Screen
  readonly environment: ScreenView['environment']
  /** Asked for at each frame where it changes. */
  readonly account: string | (() => string)
  readonly words: SessionWords
  /** What is to be seen could not be worked out: a fault of our own. */
  readonly onFault: (error: Error) => void
}

/** What the session shows beside the desk, as it is now. */
export interface Scene
  extends Pick<
    ScreenSurroundings,
    'appearance' | 'selected' | 'arming' | 'range' | 'allowances' | 'keys' | 'keyboard' | 'question' | 'overlay'
  > {
  readonly look: Look
  /** Of the broker's book, in the market that is looked at. */
  readonly depth: Quote | null
}

/** What the trader sees of a desk: decides when to draw what, and keeps trading apart from drawing that fails. */
export interface Picture {
  /** The desk's newest state; drawn with the next frame. */
  show(state: DeskState): void
  /** Something else to be seen has changed. */
  wake(): void
  /** Asked for at each frame. */
  scene(scene: () => Scene): void
  /** A price that the chart must not miss, even when no frame falls on it. */
  chart(quote: Quote): void
  /** What happened in a market before the session, for its chart. */
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void
  /** Something the session has to say; stands until the desk has news, or for a few seconds. */
  notice(text: string): void
  /** The terminal's bell, once. */
  ring(): void
  resize(columns: number, rows: number): void
  /** Every cell is written anew. */
  redraw(): void
  /** Calls before each frame. */
  onFrame(listener: () => void): void
  /** Calls before a frame with what one before it showed, once the terminal has taken that, and when it had (monotonic). */
  onPainted(listener: (frame: PaintedFrame, atMs: number) => void): void
  /** The last of these; null before the first. */
  readonly painted: PaintedFrame | null
  /** Drawing failed too often, and the screen is text from now on; trading goes on. */
  onTextMode(listener: () => void): void
  /** For good: nothing is written to the terminal after it returns. */
  stop(): void
}

/** How long a notice stands before the desk's last outcome shows again: our choice. */
const NOTICE_MS = 4_000
/** Frames that a terminal is asked to take and does not: seconds of them (our choice). */
const FRAMES_KEPT = 200

export function startPicture(parts: PictureParts): Picture {
  const { clock } = parts
  const view = screenViewer()
  const chartFeed = createChartFeed()
  const frameListeners: (() => void)[] = []
  const paintedListeners: ((frame: PaintedFrame, atMs: number) => void)[] = []
  const textModeListeners: (() => void)[] = []
  const depth = depthViewer()
  /** Frames on their way to the terminal, by their number. */
  const drawn = new Map<number, PaintedFrame>()
  let painted: PaintedFrame | null = null
  /** When the terminal took it, until the next frame tells so: a key that asks what is shown does not wait for what else hangs on it. */
  let untoldAtMs: number | null = null
  let state: DeskState | null = null
  let scene: (() => Scene) | null = null
  let notice: { readonly text: string; readonly untilMs: number } | null = null
  let lastOutcome: Outcome | null = null
  const screen = lastingScreen({
    clock,
    openScreen: parts.openScreen,
    openTextMode: parts.openTextMode,
    onPainted: (sequence, wallMs) => onPainted(sequence, wallMs - clock.nowMs() + clock.monotonicMs()),
    onReplaced(error, by) {
      drawn.clear()
      // What the dead one had shown is not on the screen any more.
      painted = null
      // What was said when the painter died may never have been seen.
      const standing = notice && clock.monotonicMs() <= notice.untilMs ? notice : null
      if (by === 'screen') say(parts.words.said.redrawnAfterFault(error.message))
      else for (const listener of textModeListeners) listener()
      if (standing && notice && notice !== standing) notice = { ...notice, text: `${standing.text} · ${notice.text}` }
      pump.wake()
    },
  })

  const pump = startFramePump(clock, atMs => {
    try {
      frame(atMs)
    } catch (error) {
      // A screen that hears nothing says so by itself; keys and the desk go on.
      parts.onFault(error instanceof Error ? error : new Error(String(error)))
    }
  })

  function frame(atMs: number): void {
    tellPainted()
    for (const listener of frameListeners) listener()
    if (notice && atMs > notice.untilMs) notice = null
    if (!state || !scene) return
    const { look, ...shown } = scene()
    const around: ScreenSurroundings = {
      ...shown,
      environment: parts.environment,
      account: typeof parts.account === 'string' ? parts.account : parts.account(),
      words: parts.words,
      chosen: look.chosen,
      depth: depth(atMs, shown.depth),
      feeds: chartFeed.take(atMs, clock.nowMs() - atMs),
      notice,
      wallOffsetMs: clock.nowMs() - atMs,
    }
    remember(screen.show(view(state, around, atMs)), { state, look })
  }

  function remember(sequence: number, frame: PaintedFrame): void {
    drawn.set(sequence, frame)
    const [oldest] = drawn.keys()
    if (drawn.size > FRAMES_KEPT && oldest !== undefined) drawn.delete(oldest)
  }

  /** The terminal took this frame, and with it all before. */
  function onPainted(sequence: number, atMs: number): void {
    const frame = drawn.get(sequence)
    for (const number of drawn.keys()) if (number <= sequence) drawn.delete(number)
    if (!frame) return
    painted = frame
    untoldAtMs = atMs
  }

  function tellPainted(): void {
    screen.lookPainted()
    if (painted === null || untoldAtMs === null) return
    const atMs = untoldAtMs
    untoldAtMs = null
    for (const listener of paintedListeners) listener(painted, atMs)
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
    wake: pump.wake,
    scene(given) {
      scene = given
      pump.wake()
    },
    chart: quote => chartFeed.add(quote),
    seed: screen.seed,
    notice: say,
    ring: () => screen.ring(),
    resize(columns, rows) {
      screen.resize(columns, rows)
      pump.wake()
    },
    redraw() {
      screen.redraw()
      pump.wake()
    },
    onFrame: listener => void frameListeners.push(listener),
    onPainted: listener => void paintedListeners.push(listener),
    get painted() {
      screen.lookPainted()
      return painted
    },
    onTextMode: listener => void textModeListeners.push(listener),
    stop() {
      pump.stop()
      screen.stopNow()
    },
  }
}
