import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aConfirm } from '../testing/confirm-fixtures.ts'
import { aReadyDesk } from '../testing/driven-desk.ts'

it('says the slippage against the price that was seen, for and against', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.streamConfirm(aConfirm(id, 'DI1', { level: new Decimal('1.08421') }))
  expect(desk.words).toContain('at 1.08421 (slipped 0.3 points)')
  const second = desk.press('BUY')
  desk.streamConfirm(aConfirm(second, 'DI2', { level: new Decimal('1.084179'), stopLevel: null }))
  expect(desk.news).toContain('FILLED: BOUGHT 1 EUR/USD Mini at 1.084179 (better by 0.01 points), NO STOP')
})
