import type { BotLine, BotStatus } from '@scalpdesk/bots/runner'
import type { Clock } from '@scalpdesk/sdk'
import { printable } from '../printable.ts'
import { botRows } from './bot-rows.ts'
import { footLines } from './foot-lines.ts'
import { QuietedLines } from './quieted-lines.ts'

/** Lines for whoever watches bots, the state of all of them below; or one JSON object a line. */
export interface BotConsole {
  line(line: BotLine): void
  notice(text: string): void
  /** Shows how things are now, and again twice a second. */
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
  const foot = footLines(process.stderr)
  const quieted = new QuietedLines()
  let watched: (() => readonly BotStatus[]) | null = null
  let timer: { cancel(): void } | null = null
  const time = (): string => new Date(timeMs()).toISOString()
  function draw(): void {
    const status = watched
    if (status) foot.show(columns => botRows(status(), columns, keys).map(printable))
  }
  function write(text: string, to: NodeJS.WriteStream): void {
    if (to.isTTY) foot.above(() => void to.write(text))
    else to.write(text)
  }
  return {
    line(line) {
      if (asJson) return void process.stdout.write(`${JSON.stringify({ at: time(), ...line })}\n`)
      const shown = quieted.pass(line, timeMs())
      if (!shown) return
      const { bot, kind, text } = shown
      const start = `${time().slice(11, 19)} ${bot ?? 'scalpdesk'} ${kind === 'deal' || kind === 'state' ? '' : `${kind}: `}`
      const lines = text.split('\n').map(each => `${start}${printable(each)}\n`)
      write(lines.join(''), process.stdout)
      draw()
    },
    notice: text => write(`scalpdesk: ${printable(text)}\n`, process.stderr),
    watch(status) {
      watched = status
      const again = (): void => {
        draw()
        timer = clock.at(clock.monotonicMs() + AGAIN_MS, again)
      }
      again()
    },
    close() {
      timer?.cancel()
      watched = null
      foot.clear()
    },
  }
}

/** Our choice. */
const AGAIN_MS = 500
