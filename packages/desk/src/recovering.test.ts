import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { initialState } from './desk-setup.ts'
import { type Memory, rememberer } from './journal/memory.ts'
import { type JournalRecord, RECORD_VERSION } from './journal/record.ts'
import { isPending } from './orders/order.ts'
import { recoveredFrom } from './recovering.ts'
import { aContract, aPosition, EURUSD } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, type DrivenDesk, WALL_MS } from './testing/driven-desk.ts'
import { SimulatedSession } from './testing/simulated-session.ts'
import { anyStep } from './testing/simulated-steps.ts'

/** What a restart reads from these records. */
function memoryOf(records: readonly JournalRecord[]): Memory {
  const memory = rememberer()
  records.forEach((record, i) => {
    const problem = memory.add({
      kind: record.kind,
      seq: i + 1,
      version: RECORD_VERSION,
      wallMs: WALL_MS + record.atMs,
      // As it comes back from a file.
      values: JSON.parse(JSON.stringify(record)),
    })
    if (problem !== null) throw new Error(problem)
  })
  return memory.state()
}

const recordsOf = (desk: DrivenDesk): readonly JournalRecord[] => desk.sent('journal').map(({ record }) => record)
const recover = (desk: DrivenDesk) => recoveredFrom(memoryOf(recordsOf(desk)))

it('takes over every kind of order that was announced and not ended, as it was sent', () => {
  const desk = aReadyDesk({ contracts: [aContract({ limitPoints: new Decimal(20) })] })
  desk.pass(15_000)
  desk.list([aPosition('DI1'), aPosition('DI2')])
  desk.quote()
  desk.want({ kind: 'close', dealId: aPosition('DI1').dealId, part: { size: new Decimal('0.5') } })
  desk.want({ kind: 'move-leg', leg: 'stop', byPoints: new Decimal(2), target: { dealId: aPosition('DI2').dealId } })
  const { orders, problems } = recover(desk)
  expect(problems).toEqual([])
  for (const order of orders) {
    const { purpose, reference, id } = desk.state.orders.get(order.id)!
    const before = order.purpose.kind === 'amend' ? { before: null } : {}
    expect(order).toEqual({
      id,
      purpose: { ...purpose, ...before },
      reference,
      sentWallMs: WALL_MS + desk.nowMs,
      question: 'open',
    })
  }
  expect(orders).toHaveLength(2)
})

it('takes over entries and working orders with the reference that they carry, which is never used again', () => {
  for (const kind of ['enter', 'join'] as const) {
    const desk = aReadyDesk()
    const id = desk.want({ kind, epic: EURUSD, direction: 'SELL' })
    const { orders, usedReferences } = recover(desk)
    const { purpose } = desk.state.orders.get(id)!
    expect(orders).toMatchObject([{ id, purpose, reference: id, question: 'open' }])
    expect(usedReferences).toEqual([id])
  }
})

it('leaves out what has ended, and keeps what was given up or accepted as it was', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  expect(recover(desk).orders).toEqual([])
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.pass(70_000)
  expect(recover(desk).orders).toMatchObject([{ id, question: 'unresolved' }])
  desk.want({ kind: 'accept-unknown', id })
  expect(recover(desk).orders).toMatchObject([{ id, question: 'accepted' }])
})

it('knows its own deals, and the day of the guard', () => {
  const desk = aLongDesk()
  desk.want({ kind: 'lock-day' })
  const recovered = recover(desk)
  expect(recovered.deals).toEqual([{ dealId: 'DI1', origin: 'ours' }])
  const start = { atMs: 5, wallMs: WALL_MS + 1_000 }
  const { memory } = initialState({ contracts: [aContract()], accountCurrency: 'EUR', recovered, start })
  expect(memory.lock?.reason).toBe('trader')
})

it('says what it cannot take over, and takes over the rest', () => {
  const desk = aReadyDesk()
  desk.press('BUY')
  const [question] = memoryOf(recordsOf(desk)).openQuestions
  const memory = memoryOf(recordsOf(desk))
  const odd = { ...question!, announcement: { ...question!.announcement, id: 'ODD', epic: '?' } }
  const { orders, problems } = recoveredFrom({ ...memory, openQuestions: [odd, question!] })
  expect(orders.map(({ id }) => id)).toEqual(['R1'])
  expect(problems).toMatchObject([
    expect.stringMatching(/^order ODD in the journal cannot be taken over: expected an epic/),
  ])
})

it('gives the same state again, whenever the program ends: the same open questions, and the same day', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 25, size: 'max' }), steps => {
      const session = new SimulatedSession(500, () => {})
      for (const each of steps) session.step(each)
      const recovered = recoveredFrom(memoryOf(session.records))
      const before = [...session.state.orders.values()]
      const ids = (question: string) =>
        recovered.orders.filter(order => order.question === question).map(({ id }) => id)
      const open = before.filter(isPending).map(({ id }) => id)
      const given = (isAccepted: boolean) =>
        before.filter(({ stage }) => stage.kind === 'unresolved' && stage.isAccepted === isAccepted).map(({ id }) => id)
      expect(ids('open').sort()).toEqual(open.sort())
      expect(ids('unresolved').sort()).toEqual(given(false).sort())
      expect(ids('accepted').sort()).toEqual(given(true).sort())
      for (const reference of session.broker.references) expect(recovered.usedReferences).toContain(reference)
      const after = initialState({ contracts: [aContract()], accountCurrency: 'EUR', recovered })
      const { memory } = session.state
      expect(after.memory.results.map(({ id, profit }) => [id, profit?.toFixed()])).toEqual(
        memory.results.map(({ id, profit }) => [id, profit?.toFixed()]),
      )
      expect([after.memory.realised.toFixed(), after.memory.lock]).toEqual([memory.realised.toFixed(), memory.lock])
    }),
    { numRuns: 100 },
  )
})
