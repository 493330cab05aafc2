import { type Desk, leavesExposure, type Outcome, type Preset, runDesk } from '@scalpdesk/desk'
import type { Ig, Market } from '@scalpdesk/sdk'
import type { Screen } from '../screen/screen.ts'
import type { Clock } from '../system-clock.ts'
import type { Terminal } from '../terminal.ts'
import { createChartFeed } from './chart-feed.ts'
import { dealReferences } from './deal-references.ts'
import { startFramePump } from './frame-pump.ts'
import type { JournalFile } from './journal-file.ts'
import { keyDesk } from './key-desk.ts'
import { watchLostTime } from './lost-time.ts'
import { rehearseKeys } from './rehearsal.ts'
import { screenViewer } from './screen-view.ts'

/** The parts of a session, each already made. */
export interface TradingParts {
  readonly ig: Ig
  readonly market: Market
  readonly preset: Preset
  readonly journal: JournalFile
  readonly terminal: Terminal
  /** Called again when the painting thread dies. */
  readonly openScreen: () => Screen
  readonly clock: Clock
  readonly accountLabel: string
}

export interface TradingSession {
  readonly desk: Desk
  /** Takes one read of the terminal. */
  type(chunk: Uint8Array, readAtMs: number): void
  notice(text: string): void
  /** Resolves when the trader quits. */
  readonly ended: Promise<void>
  /** Draws every cell again: somebody else wrote to the terminal. */
  repaint(): void
  /** Stops painting at once, for good. */
  stopPainting(): void
  stop(): void
}

/** How long a notice stands before the desk's last outcome shows again: our choice. */
const NOTICE_MS = 4_000
/** A painter that keeps dying ends the session: a trader must not stay in front of a dead picture (our choice). */
const SCREENS_MAX = 4

/**
 * Joins keys, desk, broker and screen. A key goes to the desk and on to the socket in the turn in which it is read;
 * everything else, painting first of all, comes after.
 */
export function startTradingSession(parts: TradingParts): TradingSession {
  const { ig, market, preset, journal, terminal, clock } = parts
  const chart = createChartFeed()
  const view = screenViewer()
  const lostTime = watchLostTime(clock)
  const wallOffsetMs = clock.nowMs() - clock.monotonicMs()
  const ending = Promise.withResolvers<void>()
  let question: string | null = null
  let notice: { text: string; untilMs: number } | null = null
  let lastOutcome: Outcome | null = null
  let hasBareCtrl = false
  let screensLeft = SCREENS_MAX
  let screen = openScreen()

  /** Looked at before each key and each frame: a key after a sleep must not trade on the price from before it. */
  function lookForLostTime(): void {
    const lostMs = lostTime.check()
    if (lostMs > 0) desk.tell({ kind: 'time-lost', lostMs, atMs: clock.monotonicMs() })
  }

  const pump = startFramePump(clock, atMs => {
    lookForLostTime()
    if (notice && atMs > notice.untilMs) notice = null
    const around = {
      environment: 'mock' as const,
      account: parts.accountLabel,
      hasBareCtrl,
      question,
      chart: chart.take(),
      notice: notice?.text ?? null,
      wallOffsetMs,
    }
    screen.show(view(desk.state, around, atMs))
  })

  const setup = { preset, accountCurrency: ig.account.currency }
  rehearseKeys(setup)
  const desk = runDesk(setup, {
    clock,
    journal,
    nextReference: dealReferences(clock.nowMs()),
    broker: {
      open: (order, watch) => ig.positions.open(order, watch),
      close: (order, watch) => ig.positions.close(order, watch),
      findConfirm: reference => ig.confirms.find(reference),
      // In this order: a working order that fills between the two readings is seen in the second, never in neither.
      readBook: async () => {
        const workingOrders = await ig.workingOrders.list()
        return { workingOrders, positions: await ig.positions.list() }
      },
    },
    onChange: state => {
      // What the keys had to say stands until the desk has something newer to say.
      if (state.outcome !== lastOutcome) notice = null
      lastOutcome = state.outcome
      pump.wake()
    },
    onJournalFailure: cause => show(`the journal cannot be written: ${cause.message}`),
  })

  /** Trading goes on without a picture for the moment that a new painter needs. */
  function openScreen(): Screen {
    screensLeft -= 1
    const opened = parts.openScreen()
    opened.onFailure(error => {
      if (screensLeft === 0) return ending.reject(error)
      screen = openScreen()
      show(`the screen was drawn anew after a fault: ${error.message}`)
    })
    return opened
  }

  function show(text: string): void {
    notice = { text, untilMs: clock.monotonicMs() + NOTICE_MS }
    pump.wake()
  }

  function quit(): void {
    if (leavesExposure(desk.state)) {
      question = 'Something may be open at the broker. Quit and leave it there? y / n'
      pump.wake()
    } else ending.resolve()
  }

  const type = keyDesk({
    context: () => (question === null ? 'trading' : 'question'),
    notice: show,
    keyboardKnown(isKnown) {
      hasBareCtrl = isKnown
      pump.wake()
    },
    act(action, pressedAtMs) {
      lookForLostTime()
      switch (action) {
        case 'buy':
          return desk.want({ kind: 'enter', direction: 'BUY' }, pressedAtMs)
        case 'sell':
          return desk.want({ kind: 'enter', direction: 'SELL' }, pressedAtMs)
        case 'flatten':
          return desk.want({ kind: 'flatten' }, pressedAtMs)
        case 'quit':
          return quit()
        case 'yes':
          return ending.resolve()
        case 'no':
          question = null
          return pump.wake()
      }
    },
  })

  const stopStatus = ig.stream.onStatus(status => desk.tell({ kind: 'stream', status, atMs: clock.monotonicMs() }))
  const subscriptions = [
    ig.stream.trades(trade => desk.tell({ kind: 'trade', trade, atMs: clock.monotonicMs() })),
    ig.stream.account(figures => desk.tell({ kind: 'account', figures, atMs: clock.monotonicMs() })),
    ig.stream.prices([market], quote => {
      chart.add(quote)
      desk.tell({ kind: 'quote', quote })
      pump.wake()
    }),
  ]
  terminal.onResize((columns, rows) => {
    screen.resize(columns, rows)
    pump.wake()
  })
  return {
    desk,
    type,
    notice: show,
    ended: ending.promise,
    repaint() {
      screen.resize(terminal.columns, terminal.rows)
      pump.wake()
    },
    stopPainting: () => void screen.stopNow(),
    stop() {
      pump.stop()
      stopStatus()
      for (const subscription of subscriptions) subscription.close()
      desk.stop()
    },
  }
}
