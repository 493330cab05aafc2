import { Decimal, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aConfirm, aPosition, aPreset } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, type DrivenDesk } from './testing/driven-desk.ts'

const NO_STOP = 'NO STOP at the broker: BUY 1 EUR/USD Mini was sent with a stop, and is held without one'
const said = (desk: DrivenDesk) => desk.news.filter(text => text.startsWith('NO STOP'))
const bare = (id: string) => aPosition('DI1', { dealReference: dealReference(id), stopLevel: null })

function bought(desk: DrivenDesk, stopLevel: Decimal | null): string {
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, 'DI1', { stopLevel }))
  return id
}

it('says once that the confirm shows no stop where the order asked for one', () => {
  const desk = aReadyDesk()
  const id = bought(desk, null)
  expect(desk.state.outcome).toEqual({ tone: 'bad', text: NO_STOP })
  desk.pass(3_000)
  desk.list([bare(id)])
  desk.pass(15_000)
  desk.list([bare(id)])
  expect(said(desk)).toEqual([NO_STOP])
  expect(desk.recorded('no-stop')).toMatchObject([{ dealId: 'DI1' }])
})

it('says so when the list shows none, though the confirm did', () => {
  const desk = aReadyDesk()
  const id = bought(desk, new Decimal('1.08318'))
  expect(said(desk)).toEqual([])
  desk.pass(3_000)
  desk.list([bare(id)])
  expect(desk.words).toBe(NO_STOP)
})

it('says so for an order that only the list settled', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.list([bare(id)])
  expect(desk.words).toBe(NO_STOP)
})

it('says nothing about a deal that has its stop, asked for none, or is not ours', () => {
  expect(said(aLongDesk())).toEqual([])
  const stopless = aReadyDesk({ preset: aPreset({ stopPoints: null }) })
  const id = bought(stopless, null)
  stopless.pass(3_000)
  stopless.list([bare(id), aPosition('DI9', { dealReference: null, stopLevel: null })])
  expect(said(stopless)).toEqual([])
})
