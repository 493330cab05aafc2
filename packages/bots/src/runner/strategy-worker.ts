import { parentPort, workerData } from 'node:worker_threads'
import { lendBots, loadStrategy } from '../runs/strategy-file.ts'
import { type SeatSetup, seatStrategy } from './seat.ts'
import type { SeatAnswer, SeatNews } from './seat-news.ts'
import type { FromWorker, ToWorker } from './worker-message.ts'

/** The thread that a strategy runs on: whatever it does there, the desk does not wait for it. */
const port = parentPort
if (!port) throw new Error('expected to run as a worker thread; start it through startWorkerSeat()')
const say = (message: FromWorker): void => port.postMessage(message)
const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

try {
  const { file, botsUrl } = workerData as { readonly file: string; readonly botsUrl: string }
  lendBots(botsUrl)
  const strategy = await loadStrategy(file)
  const { name, about, parameters, markets, exitPolicy } = strategy
  let answer: ((news: readonly SeatNews[]) => SeatAnswer) | null = null
  const seat = (setup: SeatSetup): void => {
    answer = seatStrategy(strategy, setup)
    say({ kind: 'seated' })
  }
  port.on('message', (message: ToWorker) => {
    try {
      if (message.kind === 'seat') seat(message.setup)
      else if (answer) say({ kind: 'answer', answer: answer(message.news) })
    } catch (cause) {
      say({ kind: 'problem', text: words(cause) })
    }
  })
  say({ kind: 'loaded', card: { name, about, parameters, markets, exitPolicy } })
} catch (cause) {
  say({ kind: 'problem', text: words(cause) })
}
