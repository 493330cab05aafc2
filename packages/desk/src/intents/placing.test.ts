import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aPlaceConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aContract, aPosition, aWorkingOrder, EURUSD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk } from '../testing/driven-desk.ts'

const join = (desk: DrivenDesk, direction: 'BUY' | 'SELL' = 'BUY') =>
  desk.want({ kind: 'join', epic: EURUSD, direction })
const rests = (desk: DrivenDesk) => [...desk.state.resting.keys()]

it('joins at the bid to buy and at the offer to sell, with the legs of the preset, written down before', () => {
  const desk = aReadyDesk({ contracts: [aContract({ limitPoints: new Decimal(20) })] })
  const before = desk.effects.length
  join(desk)
  expect(desk.effects.slice(before, before + 2)).toMatchObject([
    {
      kind: 'journal',
      record: { kind: 'about-to-place', id: 'R1', type: 'LIMIT', level: '1.0841', stopPoints: '10', limitPoints: '20' },
      entry: 'R1',
    },
    {
      kind: 'place',
      id: 'R1',
      order: { reference: 'R1', kind: 'limit', goodTill: 'cancelled', stop: { distancePoints: new Decimal(10) } },
    },
  ])
  expect(desk.words).toBe('SENT order to BUY 1 at 1.08410')
  const sell = aReadyDesk()
  join(sell, 'SELL')
  expect(sell.sent('place')[0]?.order.level.toFixed()).toBe('1.08418')
})

it('places at a level, with its own size, legs and time', () => {
  const desk = aReadyDesk()
  desk.want({
    kind: 'place',
    epic: EURUSD,
    direction: 'SELL',
    orderKind: 'stop',
    level: new Decimal('1.08'),
    size: new Decimal(2),
    stopPoints: null,
    limitPoints: new Decimal(30),
    goodTill: { atMs: 1_767_700_000_000 },
  })
  const order = desk.sent('place')[0]!.order
  expect(order).toMatchObject({ kind: 'stop', size: new Decimal(2), goodTill: { atMs: 1_767_700_000_000 } })
  expect([order.stop, order.limit?.distancePoints?.toFixed()]).toEqual([undefined, '30'])
})

it.each([
  ['not-armed', (desk: DrivenDesk) => desk.want({ kind: 'disarm' })],
  ['stream-down', (desk: DrivenDesk) => desk.stream({ kind: 'stalled' })],
  ['in-flight', (desk: DrivenDesk) => desk.press('BUY')],
  ['no-price', (desk: DrivenDesk) => desk.quote({ bid: null })],
])('asks the guard, as an entry does: denied with %s', (code, before) => {
  const desk = aReadyDesk()
  before(desk)
  join(desk)
  expect(desk.sent('place')).toEqual([])
  expect(desk.recorded('denied').at(-1)?.code).toBe(code)
})

it('is no entry while another one of the market has no outcome', () => {
  const desk = aReadyDesk()
  join(desk)
  desk.press('BUY')
  expect([desk.sent('open'), desk.recorded('denied')[0]?.code]).toEqual([[], 'in-flight'])
})

it('knows from the confirm that the order rests, and believes it over a list that does not show it yet', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  expect(exposure(desk.state)).toBe('checking')
  desk.acknowledge(id)
  desk.streamConfirm(aPlaceConfirm(id, 'DO1'))
  expect([desk.stage(id), rests(desk), exposure(desk.state)]).toEqual(['done', ['DO1'], 'open'])
  expect(desk.words).toBe('RESTING: order to BUY 1 at 1.08410')
  desk.pass(3_000)
  desk.list()
  expect([rests(desk), exposure(desk.state)]).toEqual([['DO1'], 'open'])
  for (let i = 0; i < 10; i += 1) {
    desk.pass(400)
    if (desk.state.book.reading) desk.list()
  }
  expect(exposure(desk.state)).toBe('flat')
})

it('rests under the deal that its confirm says was opened, whichever else the confirm names', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  desk.acknowledge(id)
  desk.streamConfirm({ ...aPlaceConfirm(id, 'DO1'), dealId: dealId('DIWRONG') })
  expect([rests(desk), desk.recorded('done')[0]?.dealId]).toEqual([['DO1'], 'DO1'])
})

it('is rejected with the broker’s reason, and nothing rests', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  desk.acknowledge(id)
  desk.streamConfirm(aRejection(id, 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET'))
  expect([desk.stage(id), rests(desk)]).toEqual(['rejected', []])
})

it('settles an order of unknown outcome by the update that names its reference', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  desk.loseReply(id)
  desk.list([], [aWorkingOrder('DO1')])
  expect(desk.stage(id)).toBe('checking')
  desk.tellWorkingOrder('DO1', { status: 'open', reference: dealReference(id) })
  expect([desk.stage(id), rests(desk)]).toEqual(['done', ['DO1']])
})

it('settles an order of unknown outcome by the position that it filled into', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  desk.loseReply(id)
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect(desk.stage(id)).toBe('done')
  expect(desk.news).not.toContain('OPENED ELSEWHERE: BUY 1 EUR/USD Mini')
})

it('leaves the exposure unknown while nobody says what became of it', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  desk.loseReply(id)
  for (let i = 0; i < 70; i += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list()
  }
  expect([desk.stage(id), exposure(desk.state)]).toEqual(['unresolved', 'unknown'])
})

it('reads the positions when a working order ends, because it may have filled', () => {
  const desk = aReadyDesk()
  const id = join(desk)
  desk.acknowledge(id)
  desk.streamConfirm(aPlaceConfirm(id, 'DO1'))
  desk.pass(3_000)
  desk.list([], [aWorkingOrder('DO1')])
  desk.tellWorkingOrder('DO1', { status: 'deleted' })
  expect([rests(desk), desk.state.book.reading !== null]).toEqual([[], true])
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect([...desk.state.holdings.values()]).toMatchObject([{ dealId: 'DI1', origin: 'ours' }])
})

it.each(['NaN', 'Infinity'])('denies a level that is no figure: %s', level => {
  const desk = aReadyDesk()
  desk.want({ kind: 'place', epic: EURUSD, direction: 'SELL', orderKind: 'limit', level: new Decimal(level) })
  expect([desk.sent('place'), desk.words]).toEqual([
    [],
    `DENIED SELL order: expected a level for EUR/USD Mini, but got ${level}; give one near its price`,
  ])
})

it.each([
  ['BUY', 'at least 2 points below the price of EUR/USD Mini, but got 0.8'],
  ['SELL', 'at least 2 points above the price of EUR/USD Mini, but got 0.8'],
] as const)('denies to join where the market keeps orders further from the price: %s', (direction, words) => {
  const far = aContract({}, { minStopDistance: { unit: 'POINTS', value: new Decimal(2) } })
  const desk = aReadyDesk({ contracts: [far] })
  join(desk, direction)
  expect([desk.sent('place'), desk.recorded('denied').at(-1)?.code]).toEqual([[], 'dealing-rules'])
  expect(desk.words).toBe(`DENIED ${direction} order: expected a level ${words}; the broker would refuse it`)
})

it('leaves a level of its own to the broker, whose price may be another by then', () => {
  const far = aContract({}, { minStopDistance: { unit: 'POINTS', value: new Decimal(2) } })
  const desk = aReadyDesk({ contracts: [far] })
  desk.want({ kind: 'place', epic: EURUSD, direction: 'BUY', orderKind: 'limit', level: new Decimal('1.08410') })
  expect(desk.sent('place')).toHaveLength(1)
})
