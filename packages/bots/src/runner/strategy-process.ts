import { lendBots, loadStrategy } from '../runs/strategy-file.ts'
import { type Seated, type SeatSetup, seatStrategy } from './seat.ts'
import type { FromStrategy, ToStrategy } from './seat-message.ts'

/** The process that a strategy runs in: whatever it does there, the desk does not wait for it, and does not end with it. */
const say = (message: FromStrategy): void => void process.send?.(message)
const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

// Nobody asks any more.
process.on('disconnect', () => process.exit())
// Ctrl+C reaches every process of a terminal: when a strategy ends, its runner says.
process.on('SIGINT', () => {})

try {
  const [file = '', botsUrl = ''] = process.argv.slice(2)
  lendBots(botsUrl)
  const strategy = await loadStrategy(file)
  const { name, about, parameters, markets, exitPolicy } = strategy
  let seated: Seated | null = null
  const seat = (setup: SeatSetup): void => {
    seated = seatStrategy(strategy, setup)
    say({ kind: 'seated', hasEarlierState: seated.hasEarlierState, needs: seated.needs })
  }
  process.on('message', (message: ToStrategy) => {
    try {
      if (message.kind === 'seat') seat(message.setup)
      else if (seated) say({ kind: 'answer', answer: seated.answer(message.news) })
    } catch (cause) {
      say({ kind: 'problem', text: words(cause) })
    }
  })
  say({ kind: 'loaded', card: { name, about, parameters, markets, exitPolicy } })
} catch (cause) {
  say({ kind: 'problem', text: words(cause) })
}
