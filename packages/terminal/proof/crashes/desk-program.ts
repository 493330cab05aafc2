/**
 * The parts of the real program without its screen, for orders that have no key yet: the SDK, the desk and the journal in the home of
 * the real program. Makes ready what its argument is about, says `ready`, and acts on the first byte of its input.
 */
import { contractFor, DEFAULT_WATCH, type Desk, type Intent, isPending, runDesk } from '@scalpdesk/desk'
import { connectIg, Decimal, systemClock } from '@scalpdesk/sdk'
import { loginAt } from '../../src/cli/broker-login.ts'
import { dealReferences } from '../../src/session/deal-references.ts'
import { DEFAULT_EPIC, presetFor } from '../../src/session/default-presets.ts'
import { openJournal } from '../../src/session/journal-file.ts'
import { journalFolder } from '../../src/session/journal-folder.ts'

const [about = ''] = process.argv.slice(2)
const { SCALPDESK_URL = '', SCALPDESK_HOME = '' } = process.env
const ig = await connectIg({ ...loginAt(new URL(SCALPDESK_URL), process.env), clock: systemClock })
const market = await ig.markets.get(DEFAULT_EPIC)
const { epic } = market
const desk: Desk = runDesk(
  {
    contracts: [contractFor(market, [presetFor(market, {})])],
    accountCurrency: ig.account.currency,
    watch: { ...DEFAULT_WATCH, maxClockSkewMs: null },
  },
  {
    clock: systemClock,
    journal: openJournal(journalFolder(SCALPDESK_HOME, 'mock', ig.account.id), systemClock),
    nextReference: dealReferences(systemClock.nowMs()),
    broker: {
      open: (order, watch) => ig.positions.open(order, watch),
      close: (order, watch) => ig.positions.close(order, watch),
      amend: (order, watch) => ig.positions.amend(order, watch),
      place: (order, watch) => ig.orders.place(order, watch),
      cancel: (order, watch) => ig.orders.cancel(order.dealId, watch),
      findConfirm: reference => ig.confirms.find(reference),
      findDeals: async () => [],
      async readBook() {
        const workingOrders = await ig.orders.list()
        return { workingOrders, positions: await ig.positions.list() }
      },
    },
  },
)

const PLACED: Intent = {
  kind: 'place',
  epic,
  direction: 'BUY',
  orderKind: 'limit',
  level: new Decimal('1.05'),
}
/** What comes first, when that is over, and what is then wanted. */
const STORIES: Readonly<
  Record<string, { readonly first: Intent | null; isThere(): boolean; readonly wanted: Intent }>
> = {
  amend: {
    first: { kind: 'enter', epic, direction: 'BUY' },
    isThere: () => [...desk.state.holdings.values()].some(({ seen, stopLevel }) => seen.kind === 'listed' && stopLevel),
    wanted: { kind: 'move-leg', leg: 'stop', byPoints: new Decimal(2), target: { epic } },
  },
  place: { first: null, isThere: () => true, wanted: PLACED },
  cancel: {
    first: PLACED,
    isThere: () => desk.state.resting.size === 1,
    wanted: { kind: 'cancel', orders: { scope: { kind: 'account' } } },
  },
}
const story = STORIES[about]
if (!story) throw new Error(`expected ${Object.keys(STORIES).join(', ')}, but got ${about}; name one of them`)

let stage: 'starting' | 'preparing' | 'ready' = 'starting'

function goOn(): void {
  if (!story || desk.state.book.agreedAt === null || !desk.state.quotes.get(epic)) return
  const { first, isThere, wanted } = story
  if (stage === 'starting') {
    stage = 'preparing'
    if (first) return want(first)
  }
  if (stage !== 'preparing' || !isThere() || [...desk.state.orders.values()].some(isPending)) return
  stage = 'ready'
  process.stdout.write('ready\n')
  process.stdin.once('data', () => want(wanted))
}

const want = (intent: Intent): void => desk.want(intent, systemClock.monotonicMs())
const atMs = () => systemClock.monotonicMs()
ig.stream.onStatus(status => desk.tell({ kind: 'stream', status, atMs: atMs() }))
ig.stream.trades(trade => desk.tell({ kind: 'trade', trade, atMs: atMs() }))
ig.stream.account(figures => desk.tell({ kind: 'account', figures, atMs: atMs() }))
ig.stream.prices([market], quote => desk.tell({ kind: 'quote', quote }))
setInterval(goOn, 20)
process.stdin.on('end', () => process.exit(1))
