/**
 * Reads keys from its standard input and sends an order for each: through the desk, its guard and a journal, or with the same call of
 * the SDK alone. Both ways in one process, so that they share the machine code, the connection and the quotes. Run by key-to-wire.ts.
 */
import { join } from 'node:path'
import { contractFor, DEFAULT_WATCH, type DeskSetup, type JournalPort, runDesk } from '@scalpdesk/desk'
import { connectIg, Decimal, type Direction, type OpenOrder, type SendWatch, systemClock } from '@scalpdesk/sdk'
import { profileTable } from '../src/keys/key-table.ts'
import { dealReferences } from '../src/session/deal-references.ts'
import { DEFAULT_EPIC, presetFor } from '../src/session/default-presets.ts'
import { openJournal } from '../src/session/journal-file.ts'
import { keyDesk } from '../src/session/key-desk.ts'
import { keepWarm, startRehearsal } from '../src/session/rehearsal.ts'

/** `bare`: without desk, guard and journal. The others go through them and differ in what the record has to survive. */
export type Way = 'bare' | 'bare again' | 'no journal' | 'written' | 'flushed'

/** From the program's read of the key until the order's bytes are handed to the socket; µs. */
export interface BlockReport {
  readonly insideUs: readonly number[]
}

const [url = '', apiKey = '', identifier = '', password = '', folder = ''] = process.argv.slice(2)
const ig = await connectIg({ environment: new URL(url), credentials: { apiKey, identifier, password } })
const market = await ig.markets.get(DEFAULT_EPIC)
const preset = presetFor(market, {})
const nextReference = dealReferences(systemClock.nowMs())

const journals: Readonly<Record<Exclude<Way, 'bare' | 'bare again'>, JournalPort>> = {
  'no journal': { append() {} },
  written: openJournal(join(folder, 'written'), systemClock, { durability: 'written' }),
  flushed: openJournal(join(folder, 'flushed'), systemClock, { durability: 'flushed' }),
}

/** Every limit is set, so that each check has its work to do. */
const LIMITS: DeskSetup['limits'] = {
  allowedMarkets: [market.epic],
  everyMarket: { maxOrderSize: new Decimal(5), maxHeldSize: new Decimal(10), maxSpreadPoints: new Decimal(50) },
  maxOpenPositions: 5,
  maxEntriesPerMinute: 10_000,
  maxDayLoss: new Decimal(5_000),
  maxLossStreak: 5,
  coolDownMs: 1_000,
  minMarginLeft: new Decimal(100),
  duplicateWindowMs: 20,
}
const setup: DeskSetup = {
  contracts: [contractFor(market, [preset])],
  accountCurrency: ig.account.currency,
  limits: LIMITS,
  // The tape is of another year.
  watch: { ...DEFAULT_WATCH, maxClockSkewMs: null },
}
// At once: what is measured comes after it.
startRehearsal(setup, {
  monotonicMs: () => 0,
  at(_dueMs, run) {
    run()
    return { cancel() {} }
  },
})

let way: Way = 'bare'
let insideUs: number[] = []
let readAtMs = 0

function open(order: OpenOrder, watch?: SendWatch) {
  return ig.positions.open(order, {
    ...watch,
    onWire(atMs) {
      insideUs.push((performance.now() - readAtMs) * 1_000)
      watch?.onWire?.(atMs)
    },
  })
}

const desk = runDesk(setup, {
  clock: systemClock,
  nextReference,
  journal: {
    append: record => way !== 'bare' && way !== 'bare again' && journals[way].append(record),
    rehearse: record => journals.written.rehearse?.(record),
  },
  broker: {
    open,
    close: (order, watch) => ig.positions.close(order, watch),
    amend: (order, watch) => ig.positions.amend(order, watch),
    place: (order, watch) => ig.orders.place(order, watch),
    cancel: (order, watch) => ig.orders.cancel(order.dealId, watch),
    findConfirm: reference => ig.confirms.find(reference),
    readBook: async () => ({ workingOrders: await ig.orders.list(), positions: await ig.positions.list() }),
    findDeals: async () => [],
  },
})

keepWarm(desk, systemClock)

const stop = preset.stop && { distancePoints: preset.stop.distancePoints }
const size = new Decimal(1)

function press(direction: Direction): void {
  if (way !== 'bare' && way !== 'bare again')
    return desk.want({ kind: 'enter', epic: market.epic, direction }, readAtMs)
  void open({ reference: nextReference(), market, direction, size, ...(stop && { stop }) })
}

const table = profileTable('scalper')
const type = keyDesk(
  {
    act: action => press(action === 'buy' ? 'BUY' : 'SELL'),
    type() {},
    notice() {},
    context: () => 'trading',
    keyboardKnown() {},
    focus() {},
  },
  { table: () => table, isMultiplexed: false, at: systemClock.at },
)

const atMs = () => systemClock.monotonicMs()
ig.stream.onStatus(status => desk.tell({ kind: 'stream', status, atMs: atMs() }))
ig.stream.trades(trade => {
  // What was sent without the desk is none of its business.
  if (trade.kind !== 'confirm' || desk.state.orders.has(trade.confirm.reference))
    desk.tell({ kind: 'trade', trade, atMs: atMs() })
})
ig.stream.heartbeat(({ gap, isSnapshot, brokerTimeMs }) => {
  if (gap === null && !isSnapshot) desk.tell({ kind: 'heartbeat', brokerTimeMs, atMs: atMs() })
})
ig.stream.account(figures => desk.tell({ kind: 'account', figures, atMs: atMs() }))
ig.stream.prices([market], quote => desk.tell({ kind: 'quote', quote }))

// As a terminal that tells presses and releases apart answers.
type(Buffer.from('\x1b[?31u'), 0)

process.stdin.on('data', chunk => {
  readAtMs = performance.now()
  type(chunk, readAtMs)
})
process.on('message', (next: { readonly way: Way }) => {
  const report: BlockReport & { readonly said: string } = { insideUs, said: desk.state.outcome.text }
  way = next.way
  insideUs = []
  process.send?.(report)
})
process.on('disconnect', () => process.exit())
const ready = setInterval(() => {
  if (desk.state.book.agreedAt === null || !desk.state.account?.available) return
  clearInterval(ready)
  process.send?.({ ready: true })
}, 20)
