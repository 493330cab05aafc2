import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aConfirm } from '../testing/confirm-fixtures.ts'
import { aContract, EURUSD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, buy } from '../testing/driven-desk.ts'

it('writes the entry down before it opens, with everything a later reader needs to find it', () => {
  const desk = aReadyDesk({ contracts: [aContract({ limitPoints: new Decimal('20.5') })] })
  const before = desk.effects.length
  const id = desk.press('SELL')
  const [first, second, ...rest] = desk.effects.slice(before)
  expect(first).toEqual({
    kind: 'journal',
    record: {
      kind: 'about-to-open',
      atMs: desk.nowMs,
      id,
      epic: EURUSD,
      direction: 'SELL',
      size: '1',
      preset: 'usual',
      stopPoints: '10',
      limitPoints: '20.5',
      trailing: null,
      isGuaranteed: false,
      seenLevel: '1.0841',
    },
    entry: id,
  })
  expect(second).toMatchObject({ kind: 'open', id, order: { reference: id, direction: 'SELL' } })
  // What the guard has to remember comes after the order has left.
  expect(rest).toMatchObject([{ kind: 'journal', record: { kind: 'guard', fact: { kind: 'entry-sent' } } }])
})

it('says that it sent, in words', () => {
  const desk = aReadyDesk()
  desk.press('BUY')
  expect(desk.words).toBe('SENT BUY 1 EUR/USD Mini, stop 10 points')
  const bare = aReadyDesk({ contracts: [aContract({ stopPoints: null })] })
  bare.press('BUY')
  expect(bare.words).toBe('SENT BUY 1 EUR/USD Mini, no stop')
})

it('sends one order for a key that is held, whatever comes back meanwhile', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  for (let i = 0; i < 30; i += 1) {
    desk.pass(33)
    desk.quote()
    if (i === 3) desk.acknowledge(id)
    desk.press('BUY')
  }
  expect(desk.sent('open')).toHaveLength(1)
  expect(desk.recorded('denied')).toHaveLength(30)
})

it('keeps the times from the key to the outcome on the terminal, and writes them down once', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.feed({ kind: 'journalled', id, decidedAtMs: 1_000 })
  desk.feed({ kind: 'on-wire', id })
  desk.pass(30)
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, 'DI1'))
  desk.pass(10)
  for (let i = 0; i < 2; i += 1) desk.feed({ kind: 'painted', ids: [id, 'NEVER-SENT'] })
  expect(desk.state.orders.get(id)?.timing).toEqual({
    pressedAtMs: 999,
    decidedAtMs: 1_000,
    journalledAtMs: 1_000,
    wireAtMs: 1_000,
    acknowledgedAtMs: 1_030,
    confirmedAtMs: 1_030,
    paintedAtMs: 1_040,
  })
  expect(desk.recorded('latency')).toMatchObject([
    { id, decidedMs: 1, journalledMs: 1, firstByteMs: 1, acknowledgedMs: 31, confirmedMs: 31, paintedMs: 41 },
  ])
})

it('takes the next entry as soon as the one before has ended', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  buy(desk, 'DI2')
  expect(desk.sent('open').map(({ id }) => id)).toEqual(['R1', 'R2'])
  expect(desk.state.holdings.size).toBe(2)
})

it('denies the order whose record could not be written, and allows the next', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.feed({ kind: 'journal-failed', id, cause: new Error('ENOSPC') })
  expect(desk.words).toBe('DENIED BUY 1: the journal cannot be written: ENOSPC')
  expect(desk.stage(id)).toBe('denied')
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
})

it('takes the legs that are said in the place of the preset’s, and writes down that no preset was pressed', () => {
  const desk = aReadyDesk({ contracts: [aContract({ limitPoints: new Decimal('20.5') })] })
  const stop = { kind: 'guaranteed', distancePoints: new Decimal(25) } as const
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY', stop, limitPoints: null })
  expect(desk.recorded('about-to-open')).toMatchObject([
    { preset: null, stopPoints: '25', limitPoints: null, isGuaranteed: true },
  ])
  expect(desk.sent('open')).toMatchObject([{ order: { stop: { isGuaranteed: true } } }])
})

it('leaves each leg that is not said to the preset', () => {
  const desk = aReadyDesk({ contracts: [aContract({ limitPoints: new Decimal('20.5') })] })
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY', stop: null })
  expect(desk.recorded('about-to-open')).toMatchObject([{ stopPoints: null, limitPoints: '20.5' }])
})

it('judges the legs that are said by the rules of the market', () => {
  const desk = aReadyDesk()
  const stop = { kind: 'normal', distancePoints: new Decimal('0.1') } as const
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY', stop })
  expect(desk.sent('open')).toEqual([])
  expect(desk.recorded('denied')).toMatchObject([{ words: expect.stringContaining('at least 0.5 points away') }])
})
