import type { BotLine, BotStatus } from '@scalpdesk/bots/runner'
import type { Clock } from '@scalpdesk/sdk'
import { progressLine } from '../cli/progress-line.ts'
import { printable } from '../printable.ts'

/** Lines for whoever watches bots, the state of all of them below; or one JSON object a line. */
export interface BotConsole {
  line(line: BotLine): void
  notice(text: string): void
  /** Shows how things are now, and again each second. */
  watch(status: () => readonly BotStatus[]): void
  close(): void
}

export interface ConsoleParts {
  readonly asJson: boolean
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs' | 'at'>
  /** Of events: the tape's where one is played. */
  readonly timeMs: () => number
  readonly keys: boolean
}

export function botConsole({ asJson, clock, timeMs, keys }: ConsoleParts): BotConsole {
  const progress = progressLine(process.stderr)
  let timer: { cancel(): void } | null = null
  const time = (): string => new Date(timeMs()).toISOString()
  return {
    line({ bot, kind, text }) {
      if (asJson) return void process.stdout.write(`${JSON.stringify({ at: time(), bot, kind, text })}\n`)
      const words = text.split('\n').map(printable)
      for (const each of words) {
        const line = `${time().slice(11, 19)} ${bot ?? 'scalpdesk'} ${kind === 'deal' || kind === 'state' ? '' : `${kind}: `}${each}`
        if (process.stdout.isTTY) progress.clear()
        process.stdout.write(`${line}\n`)
      }
    },
    notice: text => progress.print(`scalpdesk: ${printable(text)}`),
    watch(status) {
      const show = (): void => {
        const hint = keys ? ' | p pause or go on, f flatten all, q quit' : ''
        progress.show(printable(status().map(statusWords).join(' | ') + hint))
        timer = clock.at(clock.monotonicMs() + 1_000, show)
      }
      show()
    },
    close() {
      timer?.cancel()
      progress.clear()
    },
  }
}

/** One bot in a few words. */
export function statusWords({ name, phase, bookedCents, openCents, positions, orders }: BotStatus): string {
  const held = `${positions} open`
  const word = phase.kind === 'held' ? (phase.by === 'pause' ? 'paused' : 'flattened') : phase.kind
  return `${name} ${word}, P/L ${money(bookedCents)} booked ${money(openCents)} open, ${held}, ${orders} orders`
}

export function money(cents: number): string {
  return `${cents < 0 ? '-' : '+'}${(Math.abs(cents) / 100).toFixed(2)}`
}
