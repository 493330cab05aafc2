import type { Clock } from '@scalpdesk/sdk'
import { EXIT } from '../exit-status.ts'
import type { Interruption } from '../interruption.ts'
import { createKeyDecoder } from '../keys/key-decoder.ts'
import { type KeyTable, profileTable } from '../keys/key-table.ts'
import { type Keyboard, keyboardOf } from '../keys/keyboard.ts'
import { SMALLEST_SCREEN } from '../screen/view.ts'
import { type KeyTargets, keyDesk } from '../session/key-desk.ts'
import type { TradingSession } from '../session/trading-session.ts'
import type { Terminal } from '../terminal.ts'

/**
 * The terminal until the desk is ready. Who presses a key does not see a price yet, so nothing typed now trades, not even
 * later; leaving always works.
 */
export interface StartUpTerminal {
  readonly terminal: Terminal
  /** Resolves with the exit status when the trader does not want to wait any longer, or a signal asks to end, then and later. */
  readonly abandoned: Promise<number>
  /** Takes the keys of a terminal that was entered since. */
  listen(): void
  /** The keys as the trader's settings have them, once these are read; until then the profile's. */
  bindKeys(table: KeyTable): void
  /** From now on the session takes the keys. What the terminal has answered in the meantime is told to it. */
  handOver(session: Pick<TradingSession, 'keys'>): void
  /** Gives the terminal away, as it was found, for as long as somebody asks something on it. */
  aside<Answer>(work: () => Promise<Answer>): Promise<Answer>
  /** Leaves the screen, before anything is printed. */
  leave(): Promise<void>
}

/** Listens from now on, where the terminal was entered already. */
export function startUpTerminal(terminal: Terminal, interruption: Interruption, clock: Clock): StartUpTerminal {
  const decoder = createKeyDecoder()
  const abandoned = Promise.withResolvers<number>()
  interruption.onSignal(abandoned.resolve)
  const answered = Promise.withResolvers<void>()
  const { isMultiplexed } = terminal
  let table = profileTable('scalper')
  let keyboard: Keyboard | null = null
  let isFocused = true
  let targets: KeyTargets = {
    act() {},
    type() {},
    notice() {},
    context: () => 'trading',
    keyboardKnown(known) {
      keyboard = known
    },
    focus(has) {
      isFocused = has
    },
  }
  // One gate from the first byte on: a key that is held since before the desk was ready stays a held key.
  const keys = keyDesk(
    {
      act: (action, pressedAtMs) => targets.act(action, pressedAtMs),
      type: input => targets.type(input),
      notice: notice => targets.notice(notice),
      context: () => targets.context(),
      keyboardKnown(known) {
        silence.cancel()
        targets.keyboardKnown(known)
      },
      focus: has => targets.focus(has),
    },
    { table: () => table, isMultiplexed, at: clock.at },
  )
  // A terminal that answers nothing at all has the keys that every terminal has.
  const silence = clock.at(clock.monotonicMs() + ANSWER_MS, () => targets.keyboardKnown(keyboardOf(0, isMultiplexed)))
  let isStarting = true
  let isAside = false
  function take(chunk: Uint8Array, atMs: number): void {
    if (isAside) return
    keys(chunk, atMs)
    if (!isStarting) return
    for (const input of decoder.decode(chunk, atMs)) {
      if (input.kind === 'device-attributes') answered.resolve()
      if (input.kind !== 'key' || input.event !== 'press') continue
      if (input.name === 'ctrl+c') abandoned.resolve(EXIT.interrupted)
      else if (table.bindingOf('trading', input.name)?.action === 'quit') abandoned.resolve(EXIT.done)
    }
  }
  /** An answer that comes after the program would stand on the shell's command line as if it had been typed. */
  async function untilAnswered(): Promise<void> {
    if (!isListening) return
    const timer = clock.at(clock.monotonicMs() + ANSWER_MS, answered.resolve)
    await answered.promise
    timer.cancel()
  }
  let isListening = false
  function listen(): void {
    if (isListening || !terminal.isEntered) return
    isListening = true
    terminal.onInput(chunk => take(chunk, clock.monotonicMs()))
  }
  listen()
  return {
    terminal,
    abandoned: abandoned.promise,
    listen,
    bindKeys(own) {
      table = own
    },
    handOver(session) {
      isStarting = false
      targets = session.keys
      // It has answered, or the session hears it.
      if (keyboard !== null) session.keys.keyboardKnown(keyboard)
      if (!isFocused) session.keys.focus(false)
      answered.resolve()
    },
    async leave() {
      silence.cancel()
      await untilAnswered()
      terminal.leave()
    },
    async aside(work) {
      // As lines nothing is entered before the broker is known.
      if (!terminal.isEntered) return work()
      await untilAnswered()
      isAside = true
      terminal.leave()
      try {
        return await work()
      } finally {
        isAside = false
        terminal.enter()
      }
    },
  }
}

/** Whether the screen can be drawn at all; a terminal that is smaller is never entered. */
export function fitsScreen({ columns, rows }: Terminal): boolean {
  return columns >= SMALLEST_SCREEN.columns && rows >= SMALLEST_SCREEN.rows
}

/** Longest wait for what every terminal answers at once: our choice, for slow lines and for terminals that are odd. */
const ANSWER_MS = 250
