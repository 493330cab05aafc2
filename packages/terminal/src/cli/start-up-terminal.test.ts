import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { keyTable } from '../keys/key-table.ts'
import type { KeyTargets } from '../session/key-desk.ts'
import type { TradingSession } from '../session/trading-session.ts'
import type { Terminal } from '../terminal.ts'
import { startUpTerminal } from './start-up-terminal.ts'

/** A start on a terminal that answers what it is told to answer, and a session that notes what it hears. */
function starting({ isMultiplexed = false } = {}) {
  const clock = manualClock()
  let type = (_chunk: Uint8Array): void => {}
  const terminal: Terminal = {
    columns: 120,
    rows: 40,
    isMultiplexed,
    enter() {},
    enterLines() {},
    isEntered: true,
    reenter() {},
    leave() {},
    beforeLeaving() {},
    write() {},
    onInput(listener) {
      type = listener
    },
    onResize() {},
  }
  const heard: unknown[] = []
  const keys: KeyTargets = {
    act: action => void heard.push(action),
    type() {},
    notice() {},
    context: () => 'trading',
    keyboardKnown: keyboard => void heard.push(keyboard),
    focus: isFocused => void heard.push({ isFocused }),
  }
  const session: Pick<TradingSession, 'keys'> = { keys }
  const startUp = startUpTerminal(terminal, { onSignal() {} }, clock)
  return {
    clock,
    startUp,
    heard,
    handOver: () => startUp.handOver(session),
    type: (text: string) => type(Buffer.from(text)),
  }
}

const LEGACY = { bareModifiers: false, eventTypes: false, isMultiplexed: false }

it('takes a terminal that answers nothing for one without the kitty protocol, after a short while', () => {
  const { clock, handOver, heard } = starting()
  handOver()
  clock.advance(249)
  expect(heard).toEqual([])
  clock.advance(1)
  expect(heard).toEqual([LEGACY])
})

it('tells the session what the terminal answered before it was there, once', () => {
  const { clock, handOver, heard, type } = starting({ isMultiplexed: true })
  type('\x1b[?62c')
  clock.advance(1_000)
  handOver()
  expect(heard).toEqual([{ ...LEGACY, isMultiplexed: true }])
})

it('believes an answer that comes late', () => {
  const { clock, handOver, heard, type } = starting()
  handOver()
  clock.advance(300)
  type('\x1b[?31u\x1b[?62c')
  expect(heard).toEqual([LEGACY, { bareModifiers: true, eventTypes: true, isMultiplexed: false }])
})

it('tells that the focus went before the session was there', () => {
  const { handOver, heard, type } = starting()
  type('\x1b[O')
  handOver()
  expect(heard).toEqual([{ isFocused: false }])
})

it('trades on nothing that was typed before, and on the keys of the settings from then on', () => {
  const { clock, handOver, heard, type, startUp } = starting()
  const made = keyTable({ own: [{ chord: 'z', action: 'buy' }] })
  if (made.kind === 'table') startUp.bindKeys(made.table)
  type('s ')
  type('z')
  clock.advance(500)
  handOver()
  // Held since then, for all that is known.
  type('z')
  expect(heard).toEqual([LEGACY])
  clock.advance(2_100)
  type('z')
  expect(heard).toEqual([LEGACY, 'buy'])
})

it('gives up on the key that the settings quit with', async () => {
  const { type, startUp } = starting()
  const made = keyTable({ own: [{ chord: 'F10', action: 'quit' }] })
  if (made.kind === 'table') startUp.bindKeys(made.table)
  type('\x1b[21~')
  expect(await startUp.abandoned).toBe(0)
})
