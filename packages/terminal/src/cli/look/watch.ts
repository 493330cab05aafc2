import { type Quote, systemClock } from '@scalpdesk/sdk'
import type { WatchedLine } from '../../documents/documents.ts'
import { EXIT, ExitError } from '../../exit-status.ts'
import { listenForSignals } from '../../interruption.ts'
import { printable, printableJson } from '../../printable.ts'
import { writeAll } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { epicOf } from '../name-values.ts'
import { openBroker } from '../open-broker.ts'
import { figure, isoTime, named, orDash } from '../plain-value.ts'

export interface WatchOptions extends CommonOptions {
  /** Ends after so many quotes; goes on unless told. */
  readonly count?: number
}

/** Live quotes, a line each, until Ctrl-C. */
export async function runWatch(names: readonly string[], options: WatchOptions): Promise<number> {
  const epics = [...new Set(names.map(name => epicOf(name)))]
  const context = commandContext(options)
  const interruption = listenForSignals()
  const broker = await openBroker(context, 'prices')
  const { promise: over, resolve: end, reject: fail } = Promise.withResolvers<number>()
  interruption.onSignal(end)
  let left = options.count ?? Number.POSITIVE_INFINITY
  function tell(line: WatchedLine): void {
    if (left <= 0) return
    try {
      writeAll(`${context.asJson ? printableJson(line) : watchedWords(line)}\n`)
    } catch (error) {
      left = 0
      return fail(error)
    }
    if (line.kind === 'quote') left -= 1
    if (left <= 0) end(EXIT.done)
  }
  try {
    const markets = await broker.ig.markets.details(epics, { onUnknown: 'leave-out' })
    const unknown = epics.filter(epic => !markets.has(epic))
    if (unknown.length > 0)
      throw new ExitError(
        EXIT.usage,
        `expected epics of markets, but the broker knows none called ${unknown.join(', ')}; scalpdesk markets TEXT finds one`,
      )
    broker.ig.stream.onStatus(({ kind }) => tell({ kind: 'stream', at: nowText(), status: kind }))
    broker.ig.stream.prices([...markets.values()], quote => tell(watched(quote)))
    return await over
  } catch (error) {
    throw broker.failure(error)
  } finally {
    await broker.close()
  }
}

const nowText = (): string => new Date(systemClock.nowMs()).toISOString()

function watched(quote: Quote): WatchedLine {
  const { epic, gap, brokerTimeMs, state, isDelayed, isSnapshot } = quote
  const at = nowText()
  if (gap) return { kind: 'gap', epic, at, why: gap.text || gap.kind }
  return {
    kind: 'quote',
    epic,
    at,
    brokerAt: isoTime(brokerTimeMs),
    bid: figure(quote.bid),
    offer: figure(quote.offer),
    state: named(state),
    isDelayed,
    isSnapshot,
  }
}

function watchedWords(line: WatchedLine): string {
  const time = line.at.slice(11, 23)
  switch (line.kind) {
    case 'quote': {
      const notes = [line.state === 'tradeable' ? null : line.state, line.isDelayed ? 'DELAYED' : null]
      const said = notes.filter(note => note !== null).join(', ')
      return printable(`${time}  ${line.epic}  ${orDash(line.bid)}  ${orDash(line.offer)}${said ? `  ${said}` : ''}`)
    }
    case 'gap':
      return printable(`${time}  ${line.epic}  NO PRICE: ${line.why}`)
    case 'stream':
      return printable(`${time}  stream ${line.status}`)
  }
}
