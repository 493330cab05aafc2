import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { contractFor } from '../contract.ts'
import { aMarket, aPosition, aPreset, EURUSD, GOLD } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, type DrivenDesk } from '../testing/driven-desk.ts'

const origins = (desk: DrivenDesk) => [...desk.state.holdings.values()].map(({ origin }) => origin)

it('tells positions of ours from those of elsewhere', () => {
  expect(origins(aLongDesk())).toEqual(['ours'])
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI9')])
  expect([origins(desk), desk.words]).toEqual([['elsewhere'], 'OPENED ELSEWHERE: BUY 1 EUR/USD Mini'])
})

it('adopts a position from elsewhere, once, and remembers that while it is held', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI9')])
  desk.want({ kind: 'adopt', dealId: dealId('DI9') })
  desk.want({ kind: 'adopt', dealId: dealId('DI9') })
  expect(desk.recorded('position-adopted')).toMatchObject([{ dealId: 'DI9', epic: EURUSD }])
  desk.pass(15_000)
  desk.list([aPosition('DI9')])
  expect(origins(desk)).toEqual(['adopted'])
})

it('adopts nothing that is not held', () => {
  const desk = aReadyDesk()
  desk.want({ kind: 'adopt', dealId: dealId('DI9') })
  expect(desk.words).toMatch(/^NOTHING TO ADOPT: /)
})

/** A desk that never heard what became of its order. */
function unresolved(): { desk: DrivenDesk; id: string } {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  for (let i = 0; i < 70; i += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list()
  }
  return { desk, id }
}

it('lets entries go on, and FLAT be said, once the trader has accepted an order that nobody could settle', () => {
  const { desk, id } = unresolved()
  desk.quote()
  desk.press('BUY')
  expect([desk.sent('open').length, exposure(desk.state)]).toEqual([1, 'unknown'])
  desk.want({ kind: 'accept-unknown', id })
  expect(desk.recorded('accepted-unknown')).toMatchObject([{ id }])
  expect(exposure(desk.state)).toBe('flat')
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
})

it('still settles an accepted order when its truth comes after all', () => {
  const { desk, id } = unresolved()
  desk.want({ kind: 'accept-unknown', id })
  desk.pass(15_000)
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect([desk.stage(id), exposure(desk.state)]).toEqual(['done', 'open'])
})

it('accepts no order that is still being checked, or that is not unknown', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.want({ kind: 'accept-unknown', id })
  expect(desk.words).toBe(`NOTHING TO ACCEPT: order ${id} is still being checked`)
  desk.want({ kind: 'accept-unknown', id: 'NONE' })
  expect(desk.words).toBe('NOTHING TO ACCEPT: no order NONE is known')
})

it('sends no entry while it is disarmed, and every exit', () => {
  const desk = aLongDesk()
  desk.want({ kind: 'disarm' })
  desk.quote()
  desk.press('BUY')
  expect(desk.words).toBe('DENIED BUY: the desk is disarmed; arm it first')
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
  expect(desk.recorded('armed')).toMatchObject([{ isArmed: false }])
  const other = aReadyDesk({ isArmed: false })
  other.want({ kind: 'arm' })
  other.press('BUY')
  expect(other.sent('open')).toHaveLength(1)
})

const big = aPreset({ name: 'big', size: new Decimal(5), stopPoints: new Decimal(20) })
const small = aPreset({ name: 'small', size: new Decimal('0.1') })
const presets = { contracts: [contractFor(aMarket(), [aPreset(), big, small])] }

it('sends the preset that was chosen', () => {
  const desk = aReadyDesk(presets)
  desk.want({ kind: 'choose-preset', epic: EURUSD, name: 'big' })
  desk.press('BUY')
  expect(desk.sent('open')).toMatchObject([
    { order: { size: new Decimal(5), stop: { distancePoints: new Decimal(20) } } },
  ])
  expect(desk.recorded('preset-chosen')).toMatchObject([{ epic: EURUSD, name: 'big' }])
  expect(desk.recorded('about-to-open')).toMatchObject([{ preset: 'big' }])
})

it('does not choose a preset that the market’s rules refuse, or that there is not', () => {
  const desk = aReadyDesk(presets)
  desk.want({ kind: 'choose-preset', epic: EURUSD, name: 'small' })
  expect(desk.words).toBe(
    'DENIED preset small: expected a size of at least 0.5 for EUR/USD Mini, but got 0.1; raise it',
  )
  desk.want({ kind: 'choose-preset', epic: EURUSD, name: 'none' })
  desk.want({ kind: 'choose-preset', epic: GOLD, name: 'usual' })
  desk.press('BUY')
  expect(desk.sent('open')).toMatchObject([{ order: { size: new Decimal(1) } }])
})

it('takes a size for one entry, and judges it as the preset’s', () => {
  const desk = aReadyDesk()
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY', size: new Decimal('0.1') })
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY', size: new Decimal(7) })
  expect(desk.sent('open').map(({ order }) => order.size.toFixed())).toEqual(['7'])
})

it('says that a day is locked already when it is locked again', () => {
  const desk = aReadyDesk()
  desk.want({ kind: 'lock-day' })
  desk.quote()
  desk.press('BUY')
  desk.want({ kind: 'lock-day' })
  expect(desk.words).toBe(
    'LOCKED ALREADY: by the trader; entries are refused until the broker’s next day, closing works',
  )
})
