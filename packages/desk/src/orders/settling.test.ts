import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aCloseConfirm, aConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aPosition } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, type DrivenDesk } from '../testing/driven-desk.ts'

function poll(desk: DrivenDesk, id: string, confirm: ReturnType<typeof aConfirm> | null): void {
  desk.feed({ kind: 'confirm-found', id, confirm })
}

it('fills by the streamed confirm', () => {
  const desk = aReadyDesk()
  const id = buy(desk, 'DI1')
  expect(desk.stage(id)).toBe('done')
  expect(desk.words).toBe('FILLED: BOUGHT 1 EUR/USD Mini at 1.08418, stop 1.08318')
  expect(desk.recorded('filled')).toEqual([
    {
      kind: 'filled',
      atMs: desk.nowMs,
      id,
      dealId: 'DI1',
      level: '1.08418',
      size: '1',
      profit: null,
      profitCurrency: null,
      by: 'stream',
    },
  ])
  expect([...desk.state.holdings.values()]).toMatchObject([{ dealId: 'DI1', reference: id, direction: 'BUY' }])
})

it('names the deal that the confirm says was opened, whichever else it names', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm({ ...aConfirm(id, 'DI1'), dealId: dealId('DIWRONG') })
  expect([desk.recorded('filled')[0]?.dealId, [...desk.state.holdings.keys()]]).toEqual(['DI1', ['DI1']])
})

it('fills by the polled confirm when the stream is silent', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.pass(249)
  expect(desk.sent('find-confirm')).toHaveLength(0)
  desk.pass(1)
  expect(desk.sent('find-confirm')).toEqual([{ kind: 'find-confirm', id, reference: id }])
  poll(desk, id, aConfirm(id, 'DI1'))
  expect(desk.recorded('filled')).toMatchObject([{ by: 'poll', dealId: 'DI1' }])
})

it('counts a confirm once that comes streamed and polled, in either order', () => {
  const desk = aReadyDesk()
  const first = buy(desk, 'DI1')
  poll(desk, first, aConfirm(first, 'DI1'))
  desk.streamConfirm(aConfirm(first, 'DI1'))
  const second = desk.press('BUY')
  desk.acknowledge(second)
  poll(desk, second, aConfirm(second, 'DI2'))
  desk.streamConfirm(aConfirm(second, 'DI2'))
  expect(desk.recorded('filled').map(({ id, by }) => [id, by])).toEqual([
    [first, 'stream'],
    [second, 'poll'],
  ])
  expect(desk.state.holdings.size).toBe(2)
})

it('takes a confirm that overtakes its acknowledgement, and the acknowledgement after it', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.streamConfirm(aConfirm(id, 'DI1'))
  expect(desk.stage(id)).toBe('done')
  desk.pass(20)
  desk.acknowledge(id)
  expect(desk.stage(id)).toBe('done')
  expect(desk.state.orders.get(id)?.timing).toMatchObject({ confirmedAtMs: 1_000, acknowledgedAtMs: 1_020 })
  expect(desk.recorded('filled')).toHaveLength(1)
})

it('takes the confirm of a close that overtakes its acknowledgement by the deal that it ends', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.streamConfirm(aCloseConfirm('IGMADETHIS', 'DI1'))
  expect(desk.words).toBe('CLOSED: BUY 1 at 1.08502, result +8.40 USD')
  desk.acknowledge(desk.sent('close')[0]!.id, 'IGMADETHIS')
  desk.streamConfirm(aCloseConfirm('IGMADETHIS', 'DI1'))
  expect(desk.recorded('filled').filter(({ dealId }) => dealId === 'DI1')).toHaveLength(2)
  expect(desk.recorded('filled')[1]).toMatchObject({ dealId: 'DI1', profit: '8.4', by: 'stream' })
})

it('guesses no close of two without an answer, though one is of a part: what the other was to close may have been less by then', () => {
  const desk = aLongDesk()
  desk.want({ kind: 'close', dealId: dealId('DI1'), part: 'all' })
  const [whole] = desk.sent('close')
  desk.pass(4_000)
  desk.want({ kind: 'close', dealId: dealId('DI1'), part: { size: new Decimal('0.5') } })
  const part = desk.sent('close')[1]!
  desk.streamConfirm(aCloseConfirm('IG2', 'DI1', { size: new Decimal('0.5'), profit: new Decimal(4) }))
  expect([desk.stage(whole!.id), desk.stage(part.id)]).toEqual(['sending', 'sending'])
  desk.acknowledge(part.id, 'IG2')
  expect([desk.stage(whole!.id), desk.stage(part.id)]).toEqual(['sending', 'done'])
  expect(desk.recorded('filled').filter(({ id }) => id === whole!.id)).toEqual([])
})

it('keeps a rejection that overtakes the acknowledgement of a close until that names it', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const { id } = desk.sent('close')[0]!
  desk.streamConfirm(aRejection('IGMADETHIS', 'MARKET_CLOSED'))
  expect(desk.stage(id)).toBe('sending')
  desk.acknowledge(id, 'IGMADETHIS')
  expect(desk.stage(id)).toBe('rejected')
})

it('is rejected by a confirm with the broker’s own reason, and holds nothing', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aRejection(id, 'ATTACHED_ORDER_LEVEL_ERROR'))
  expect(desk.stage(id)).toBe('rejected')
  expect(desk.words).toBe(
    'REJECTED by the broker, BUY 1: a stop, limit or order level is on the wrong side or too close (ATTACHED_ORDER_LEVEL_ERROR)',
  )
  expect(desk.state.holdings.size).toBe(0)
  expect(desk.recorded('rejected')).toMatchObject([{ id, reason: 'ATTACHED_ORDER_LEVEL_ERROR' }])
})

it('is rejected by an answer that provably refused it', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.refuse(id, 'error.public-api.exceeded-account-trading-allowance')
  expect(desk.stage(id)).toBe('rejected')
  expect(desk.words).toBe('REJECTED by the broker, BUY 1: error.public-api.exceeded-account-trading-allowance')
})

it.each([
  ['rejected', (desk: DrivenDesk, id: string) => desk.refuse(id)],
  ['denied', (desk: DrivenDesk, id: string) => desk.neverSend(id)],
])('says that an order was dealt although it was %s, and asks what is open at once', (_, end) => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  end(desk, id)
  if (desk.state.book.reading) desk.list()
  const { asks } = desk.state.book
  desk.streamConfirm(aConfirm(id, 'DI1'))
  expect(desk.words).toBe('DEALT ALTHOUGH REFUSED: BUY 1 was confirmed after all; asking the broker what is open')
  expect(desk.state.book.asks).toBe(asks + 1)
  expect(exposure(desk.state)).toBe('checking')
  desk.streamConfirm(aRejection(id, 'UNKNOWN'))
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect(desk.words).toBe('OPEN ALTHOUGH REFUSED: BUY 1 EUR/USD Mini')
})

it('is denied, not rejected, when nothing left this machine', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.neverSend(id)
  expect(desk.stage(id)).toBe('denied')
  expect(desk.words).toBe('DENIED BUY 1: nothing was sent: no connection')
})

it('says that it is checking when the reply is lost, and asks at once', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.pass(400)
  desk.loseReply(id)
  expect(desk.stage(id)).toBe('checking')
  expect(desk.words).toBe('UNKNOWN, CHECKING: BUY 1 was sent and the connection was lost; it is not sent again')
  expect(desk.recorded('unknown')).toEqual([
    { kind: 'unknown', atMs: desk.nowMs, id, cause: 'the connection was lost' },
  ])
  expect(desk.sent('find-confirm')).toHaveLength(1)
  expect(desk.state.book.reading).not.toBeNull()
})

it('asks for a lost confirm with growing gaps, gives up after a minute, and never sends again', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  const start = desk.nowMs
  const askedAt = [0]
  while (desk.stage(id) === 'checking') {
    const before = desk.sent('find-confirm').length
    desk.pass(50)
    if (desk.state.book.reading) desk.list()
    if (desk.sent('find-confirm').length > before) askedAt.push(desk.nowMs - start)
  }
  expect(askedAt.slice(0, 8)).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 12_750, 17_750])
  expect(desk.nowMs - start).toBeGreaterThanOrEqual(60_000)
  expect(desk.nowMs - start).toBeLessThan(65_100)
  expect(desk.stage(id)).toBe('unresolved')
  expect(desk.recorded('unresolved')).toHaveLength(1)
  expect(desk.words).toMatch(/^UNKNOWN: BUY 1, .*; look at the broker’s platform$/)
  expect(desk.sent('open')).toHaveLength(1)
})

it.each([
  ['the poll', 'poll', (desk: DrivenDesk, id: string) => poll(desk, id, aConfirm(id, 'DI1'))],
  ['the stream', 'stream', (desk: DrivenDesk, id: string) => desk.streamConfirm(aConfirm(id, 'DI1'))],
  [
    'the list of positions',
    'book',
    (desk: DrivenDesk, id: string) => desk.list([aPosition('DI1', { dealReference: dealReference(id) })]),
  ],
] as const)('settles a lost reply by %s, once', (_, by, settle) => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.pass(2_000)
  if (desk.state.book.reading) desk.list()
  desk.loseReply(id)
  settle(desk, id)
  expect(desk.stage(id)).toBe('done')
  expect(desk.recorded('filled')).toMatchObject([{ id, dealId: 'DI1', level: '1.08418', by }])
  expect([...desk.state.holdings.keys()]).toEqual(['DI1'])
  expect(desk.words).toBe('FILLED: BOUGHT 1 EUR/USD Mini at 1.08418, stop 1.08318')
})

it('settles a lost reply by a rejection', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  poll(desk, id, aRejection(id, 'INSUFFICIENT_FUNDS'))
  expect(desk.stage(id)).toBe('rejected')
})

it('shows an acknowledged order as checking when no confirm comes for three seconds', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.pass(2_900)
  expect(desk.stage(id)).toBe('acknowledged')
  desk.pass(2_000)
  expect(desk.stage(id)).toBe('checking')
  expect(desk.words).toBe('UNKNOWN, CHECKING: BUY 1 was sent and its confirm did not come; it is not sent again')
})

it('polls at once when there is no stream that could bring the confirm', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.stream({ kind: 'stalled' })
  desk.acknowledge(id)
  expect(desk.sent('find-confirm')).toHaveLength(1)
})
