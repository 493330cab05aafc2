import { type DealReference, dealReference, type EditWatch, type SendWatch, type Submission } from '@scalpdesk/sdk'
import { type ManualClock, manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { ACCOUNT } from './book/scope.ts'
import { type Desk, type DeskPorts, runDesk } from './desk-driver.ts'
import type { JournalRecord } from './journal/record.ts'
import { aCloseConfirm, aConfirm, aConfirmEvent, aRejection } from './testing/confirm-fixtures.ts'
import { aContract, aPosition, aQuote, EURUSD } from './testing/desk-fixtures.ts'
import { LOST } from './testing/driven-desk.ts'
import { ScriptedBroker } from './testing/scripted-broker.ts'

interface Running {
  readonly desk: Desk
  readonly broker: ScriptedBroker
  readonly clock: ManualClock
  readonly log: string[]
}

const EMPTY = { positions: [], workingOrders: [] }
const settled = () => new Promise<void>(resolve => setImmediate(resolve))

/** A running desk on a scripted broker; `log` has what was journalled and sent, in order. */
async function running(ports: Partial<DeskPorts> = {}, clock = manualClock()): Promise<Running> {
  const broker = new ScriptedBroker()
  const log: string[] = []
  broker.onOrder = () => log.push('sent')
  const journal = { append: ({ kind }: JournalRecord) => log.push(kind) }
  let references = 0
  const nextReference = (): DealReference => dealReference(`R${++references}`)
  const desk = runDesk(
    { contracts: [aContract()], accountCurrency: 'EUR', limits: { duplicateWindowMs: 0 } },
    { broker, journal: { append: record => void journal.append(record) }, clock, nextReference, ...ports },
  )
  desk.tell({ kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 })
  desk.tell({ kind: 'trade', trade: { kind: 'feed', state: 'listening' }, atMs: 0 })
  broker.reading().resolve(EMPTY)
  await settled()
  broker.reading().resolve(EMPTY)
  await settled()
  desk.tell({ kind: 'quote', quote: aQuote() })
  log.length = 0
  return { desk, broker, clock, log }
}

const acknowledged = (reference: string): Submission => ({
  kind: 'acknowledged',
  reference: dealReference(reference),
  acknowledgedAtMs: 0,
})

const buy = ({ desk, clock }: Running) =>
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY' }, clock.monotonicMs())
const flatten = ({ desk, clock }: Running) => desk.want({ kind: 'flatten', scope: ACCOUNT }, clock.monotonicMs())
const stage = ({ desk }: Running, id: string) => desk.state.orders.get(id)?.stage.kind

async function withPosition(ports: Partial<DeskPorts> = {}, clock = manualClock()): Promise<Running> {
  const run = await running(ports, clock)
  run.clock.advance(15_000)
  run.broker.reading().resolve({ positions: [aPosition('DI1')], workingOrders: [] })
  await settled()
  run.log.length = 0
  return run
}

it('journals, then sends, before the call that asked for it returns', async () => {
  const run = await running()
  buy(run)
  expect(run.log.slice(0, 2)).toEqual(['about-to-open', 'sent'])
  expect(run.broker.opened).toMatchObject([{ reference: 'R1', direction: 'BUY' }])
})

it('lets an entry wait for a connection only briefly, and a close for as long as it takes', async () => {
  const run = await withPosition()
  const watches: (SendWatch | EditWatch)[] = []
  run.broker.onOrder = watch => watches.push(watch)
  run.desk.tell({ kind: 'quote', quote: aQuote({ receivedAtMs: run.clock.monotonicMs() }) })
  buy(run)
  flatten(run)
  expect(watches.map(({ connectWithinMs }) => connectWithinMs)).toEqual([250, undefined])
  expect(watches.map(({ onWire }) => typeof onWire)).toEqual(['function', 'function'])
})

it('sends no entry that the journal could not take, says why, and takes the next one', async () => {
  let isFull = false
  const failures: string[] = []
  const run = await running({
    journal: {
      append: () => {
        if (isFull) throw new Error('ENOSPC')
      },
    },
    onJournalFailure: cause => failures.push(cause.message),
  })
  isFull = true
  buy(run)
  expect(run.broker.opened).toEqual([])
  expect(run.desk.state.outcome.text).toBe('DENIED BUY 1: the journal cannot be written: ENOSPC')
  expect(failures).toContain('ENOSPC')
  isFull = false
  buy(run)
  expect(run.broker.opened).toHaveLength(1)
})

it('sends a close although the journal fails', async () => {
  let isFull = false
  const run = await withPosition({
    journal: {
      append: () => {
        if (isFull) throw new Error('ENOSPC')
      },
    },
  })
  isFull = true
  flatten(run)
  expect(run.broker.closed).toMatchObject([{ dealId: 'DI1' }])
})

it('takes the word that an order is on the wire while that order is still being handed over', async () => {
  const run = await running()
  run.broker.onOrder = watch => watch.onWire?.(7)
  buy(run)
  expect(run.desk.state.orders.get('R1')?.timing).toMatchObject({ pressedAtMs: 0, wireAtMs: 7 })
})

it('follows an order to its confirm', async () => {
  const run = await running()
  buy(run)
  run.broker.submission().resolve(acknowledged('R1'))
  await settled()
  expect(stage(run, 'R1')).toBe('acknowledged')
  run.clock.advance(250)
  run.broker.confirm().resolve(aConfirm('R1', 'DI1'))
  await settled()
  expect(stage(run, 'R1')).toBe('done')
})

it('takes a confirm that cannot be read for one that is not there yet, and asks again', async () => {
  const run = await running()
  buy(run)
  run.broker.submission().resolve(acknowledged('R1'))
  await settled()
  run.clock.advance(250)
  run.broker.confirm().reject(new Error('503'))
  await settled()
  run.clock.advance(250)
  expect(run.broker.confirmsAsked).toEqual(['R1', 'R1'])
  expect(stage(run, 'R1')).toBe('acknowledged')
})

it.each([
  ['promises and fails', (run: Running) => run.broker.submission().reject(new Error('broken pipe')), () => {}],
  [
    'throws at once',
    () => {},
    (broker: ScriptedBroker) => {
      broker.onOrder = () => {
        throw new Error('broken pipe')
      }
    },
  ],
])('takes the outcome for unknown, never for unsent, when the broker port %s', async (_, after, before) => {
  const run = await running()
  before(run.broker)
  buy(run)
  after(run)
  await settled()
  expect(stage(run, 'R1')).toBe('checking')
  expect(run.desk.state.outcome.text).toContain('broken pipe')
  expect(run.broker.opened).toHaveLength(1)
})

it('sends the other closes when the port throws on one', async () => {
  const run = await running()
  run.clock.advance(15_000)
  run.broker.reading().resolve({ positions: [aPosition('DI1'), aPosition('DI2')], workingOrders: [] })
  await settled()
  run.broker.onOrder = () => {
    if (run.broker.closed.length === 1) throw new Error('broken pipe')
  }
  flatten(run)
  expect(run.broker.closed.map(({ dealId }) => dealId)).toEqual(['DI1', 'DI2'])
})

it('asks again after a reading that failed', async () => {
  const run = await running()
  run.clock.advance(15_000)
  run.broker.reading().reject('no route')
  await settled()
  expect(run.desk.state.outcome.text).toContain('no route')
  run.clock.advance(1_000)
  run.broker.reading().resolve(EMPTY)
  await settled()
  expect(run.desk.state.book.failures).toBe(0)
})

it('tells of each change, but not of each quote', async () => {
  let told = 0
  const run = await running({ onChange: () => (told += 1) })
  const before = told
  run.desk.tell({ kind: 'quote', quote: aQuote({ bid: '1.09' }) })
  expect(told).toBe(before)
  run.desk.tell({ kind: 'stream', status: LOST, atMs: 0 })
  expect(told).toBe(before + 1)
})

it('handles what a listener asks for after the event that it was told of', async () => {
  const seen: string[] = []
  let desk: Desk | null = null
  const run = await running({
    onChange: state => {
      seen.push(state.outcome.text)
      if (state.outcome.text.startsWith('SENT')) desk?.want({ kind: 'flatten', scope: ACCOUNT }, 0)
    },
  })
  desk = run.desk
  buy(run)
  expect([...new Set(seen)].slice(-2)).toEqual([
    'SENT BUY 1 EUR/USD Mini, stop 10 points',
    'CLOSING: asking the broker what is open',
  ])
})

it('sends nothing and waits for nothing after stop', async () => {
  const run = await running()
  buy(run)
  run.broker.submission().resolve(acknowledged('R1'))
  await settled()
  expect(run.clock.pending).toBe(1)
  run.desk.stop()
  expect(run.clock.pending).toBe(0)
  const { state } = run.desk
  flatten(run)
  run.desk.tell({ kind: 'trade', trade: aConfirmEvent(aRejection('R1', 'UNKNOWN')), atMs: 1 })
  run.clock.advance(60_000)
  expect(run.desk.state).toBe(state)
  expect([run.broker.confirmsAsked, run.clock.pending]).toEqual([[], 0])
})

it('drops what waits in line when it is stopped from inside', async () => {
  let desk: Desk | null = null
  const run = await running({
    onChange: () => {
      desk?.want({ kind: 'enter', epic: EURUSD, direction: 'BUY' }, 0)
      desk?.stop()
    },
  })
  desk = run.desk
  run.desk.tell({ kind: 'stream', status: { kind: 'live', continuity: 'preserved' }, atMs: 0 })
  expect(run.broker.opened).toEqual([])
  expect(run.clock.pending).toBe(0)
})

it('keeps one timer at most, however much is under way', async () => {
  const run = await withPosition()
  flatten(run)
  run.broker.submission().resolve(acknowledged('IGMADETHIS'))
  await settled()
  for (let i = 0; i < 50; i += 1) {
    run.clock.advance(300)
    expect(run.clock.pending).toBeLessThanOrEqual(1)
  }
})

/** A running desk that has looked ahead: something other than a price came after the price. */
async function foreseeing(ports: Partial<DeskPorts> = {}): Promise<Running> {
  const run = await running(ports)
  run.desk.tell({ kind: 'heartbeat', brokerTimeMs: null, atMs: 0 })
  return run
}

it('journals a foreseen entry, sends it, and only then says so', async () => {
  const run = await foreseeing()
  const words: string[] = []
  run.broker.onOrder = () => words.push(`${run.log.join()}: ${run.desk.state.outcome.text}`)
  buy(run)
  expect(words).toEqual([expect.stringMatching(/^about-to-open: (?!SENT)/)])
  expect(run.desk.state.outcome.text).toMatch(/^SENT BUY 1/)
  expect(stage(run, 'R1')).toBe('sending')
  expect(run.desk.state.orders.get('R1')?.timing).toMatchObject({ decidedAtMs: 0, journalledAtMs: 0 })
})

it('sends one order for a foreseen entry whose key is pressed again while its bytes leave', async () => {
  const run = await foreseeing()
  run.broker.onOrder = () => buy(run)
  buy(run)
  buy(run)
  expect(run.broker.opened).toHaveLength(1)
  expect(run.log.filter(kind => kind === 'denied')).toHaveLength(2)
})

it('does not send a foreseen entry whose record cannot be written', async () => {
  const journal = {
    append({ kind }: JournalRecord) {
      if (kind === 'about-to-open') throw new Error('the disk is full')
    },
  }
  const run = await foreseeing({ journal })
  buy(run)
  expect(run.broker.opened).toEqual([])
  expect(stage(run, 'R1')).toBe('denied')
})

it('knows of a foreseen entry though whoever is told of a failed record throws', async () => {
  const journal = {
    append({ kind }: JournalRecord) {
      if (kind === 'about-to-open') throw new Error('the disk is full')
    },
  }
  const onJournalFailure = () => {
    throw new Error('nobody to tell')
  }
  const run = await foreseeing({ journal, onJournalFailure })
  expect(() => buy(run)).toThrow('nobody to tell')
  expect(run.broker.opened).toEqual([])
  expect(stage(run, 'R1')).toBe('sending')
})

/** A journal that keeps what was rehearsed and what was written. */
function listeningJournal() {
  const rehearsed: string[] = []
  const written: string[] = []
  const append = ({ kind }: JournalRecord) => void written.push(kind)
  const rehearse = (record: JournalRecord) =>
    void rehearsed.push('id' in record ? `${record.kind} ${record.id}` : record.kind)
  return { journal: { append, rehearse }, rehearsed, written }
}

it('looks again, a little later, for an entry that a price took away', async () => {
  const { journal, rehearsed } = listeningJournal()
  const run = await foreseeing({ journal })
  const quote = aQuote({ bid: '1.20000', offer: '1.20008' })
  run.desk.tell({ kind: 'quote', quote })
  run.desk.rehearse()
  expect(rehearsed).toEqual([])
  run.clock.advance(100)
  run.desk.rehearse()
  run.desk.rehearse()
  expect(rehearsed).toEqual(['about-to-open REHEARSED'])
})

it('rehearses the exit while something is held, and nothing is left of it', async () => {
  const { journal, rehearsed, written } = listeningJournal()
  const run = await withPosition({ journal })
  const { state } = run.desk
  const closed = run.broker.closed.length
  written.length = 0
  run.desk.rehearse()
  expect(rehearsed).toContainEqual(expect.stringMatching(/^about-to-close /))
  expect(run.desk.state).toBe(state)
  expect([written, run.broker.closed.length - closed]).toEqual([[], 0])
})

it('rehearses a press up to its record, and nothing is left of it', async () => {
  const { journal, rehearsed, written } = listeningJournal()
  const run = await foreseeing({ journal })
  const { state } = run.desk
  written.length = 0
  run.desk.rehearse()
  expect(rehearsed).toEqual(['about-to-open REHEARSED'])
  expect([run.desk.state, written, run.broker.opened]).toEqual([state, [], []])
  buy(run)
  run.desk.rehearse()
  expect(rehearsed).toHaveLength(1)
})

it('knows of a sleep before whatever it hears after it: a close that is confirmed then reverses nothing any more', async () => {
  const base = manualClock()
  let sleptMs = 0
  const clock: ManualClock = { ...base, nowMs: () => base.nowMs() + sleptMs }
  const run = await withPosition({}, clock)
  run.desk.tell({ kind: 'quote', quote: aQuote({ receivedAtMs: clock.monotonicMs() }) })
  run.desk.want({ kind: 'reverse', epic: EURUSD }, clock.monotonicMs())
  run.broker.submission().resolve(acknowledged('IG1'))
  await settled()
  sleptMs = 3_600_000
  run.desk.tell({ kind: 'trade', trade: aConfirmEvent(aCloseConfirm('IG1', 'DI1')), atMs: clock.monotonicMs() })
  expect(run.broker.opened).toEqual([])
  expect(run.log).toContain('time-lost')
})

it('takes a program that was stopped for seconds for a machine that slept', async () => {
  const run = await running()
  run.desk.beat()
  run.clock.advance(6_000)
  buy(run)
  expect(run.broker.opened).toEqual([])
  expect(run.log.slice(-2)).toEqual(['time-lost', 'denied'])
})
