import { dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aPastDeal, aPosition, EURUSD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk, WALL_MS } from '../testing/driven-desk.ts'

/** An entry whose answer was lost, and that neither a confirm nor the list tells of. */
function lost(): { desk: DrivenDesk; id: string } {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  return { desk, id }
}

const asked = (desk: DrivenDesk) => desk.sent('find-deals')

it('asks for the account’s history ten seconds after the outcome became unknown, since the order was sent', () => {
  const { desk } = lost()
  desk.pass(9_999)
  expect(asked(desk)).toEqual([])
  desk.pass(1)
  expect(asked(desk)).toEqual([{ kind: 'find-deals', ask: 1, sinceMs: WALL_MS + 1_000 - 5_000 }])
})

it('asks from when it was by the broker’s clock, where this machine’s is ahead of it', () => {
  const desk = aReadyDesk()
  const hour = 3_600_000
  desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS + desk.nowMs - hour })
  desk.loseReply(desk.press('BUY'))
  desk.pass(10_000)
  expect(asked(desk)).toEqual([{ kind: 'find-deals', ask: 1, sinceMs: WALL_MS + 1_000 - hour - 5_000 }])
})

it('settles an order that the history has by its reference, and reads what is open', () => {
  const { desk, id } = lost()
  desk.pass(10_000)
  if (desk.state.book.reading) desk.list()
  const affected = [dealId('DI1')]
  desk.tellHistory([
    aPastDeal({ reference: dealReference('OTHER'), affected: [dealId('DI9')] }),
    aPastDeal({ reference: dealReference(id), affected }),
  ])
  expect(desk.stage(id)).toBe('done')
  expect(desk.recorded('filled')).toMatchObject([{ id, dealId: 'DI1', by: 'activity' }])
  expect([desk.state.book.reading !== null, exposure(desk.state)]).toEqual([true, 'checking'])
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect(exposure(desk.state)).toBe('open')
})

it('takes an acceptance for the truth where the history has a rejection of the same reference too', () => {
  const { desk, id } = lost()
  desk.pass(10_000)
  const reference = dealReference(id)
  desk.tellHistory([aPastDeal({ reference, status: 'rejected' }), aPastDeal({ reference })])
  expect(desk.stage(id)).toBe('done')
})

it('is rejected by the history with its words', () => {
  const { desk, id } = lost()
  desk.pass(10_000)
  desk.tellHistory([aPastDeal({ reference: dealReference(id), status: 'rejected', description: 'Market closed' })])
  expect(desk.stage(id)).toBe('rejected')
  expect(desk.words).toBe('REJECTED by the broker, BUY 1: Market closed')
})

it.each([['nothing', []] as const, ['no answer', null] as const])(
  'takes %s for no proof, and asks again',
  (_, answer) => {
    const { desk, id } = lost()
    desk.pass(10_000)
    desk.tellHistory(answer)
    expect(desk.stage(id)).toBe('checking')
    desk.pass(19_999)
    expect(asked(desk)).toHaveLength(1)
    desk.pass(1)
    expect(asked(desk)).toHaveLength(2)
  },
)

it('goes on asking for an order that was given up, less and less often', () => {
  const { desk, id } = lost()
  const at: number[] = []
  for (let second = 0; second < 3_000; second += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list()
    if (!desk.state.history.isAsking) continue
    at.push(Math.round((desk.nowMs - 1_000) / 1_000))
    desk.tellHistory([])
  }
  expect(desk.stage(id)).toBe('unresolved')
  const gaps = at.slice(1).map((ms, i) => ms - at[i]!)
  expect(gaps.slice(0, 2)).toEqual([20, 20])
  expect(Math.max(...gaps)).toBe(600)
  expect(at.length).toBeLessThan(14)
  desk.want({ kind: 'accept-unknown', id })
  const before = asked(desk).length
  desk.pass(700_000)
  expect(asked(desk)).toHaveLength(before)
})

it('asks nothing for a request that nobody has named: its history could be another’s', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI1')])
  desk.want({ kind: 'flatten', scope: { kind: 'market', epic: EURUSD } })
  desk.loseReply(desk.sent('close')[0]!.id)
  desk.pass(30_000)
  expect(asked(desk)).toEqual([])
})

it('ignores an answer to a question that is over', () => {
  const { desk, id } = lost()
  desk.pass(10_000)
  desk.tellHistory([])
  desk.tellHistory([aPastDeal({ reference: dealReference(id) })])
  expect(desk.stage(id)).toBe('checking')
})
