import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { aCancelConfirm, aConfirm, aConfirmEvent, aPlaceConfirm } from '../testing/confirm-fixtures.ts'
import { aPastDeal, aPosition, aPositionUpdate, aWorkingOrder, EURUSD, GOLD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk, FLAT } from '../testing/driven-desk.ts'
import { exposure } from './exposure.ts'

/** Lists nothing whenever the desk asks, as lists do that have not caught up. */
function passWithoutLists(desk: DrivenDesk, ms: number): void {
  for (let left = ms; left > 0; left -= 100) {
    desk.pass(100)
    if (desk.state.book.reading) desk.list()
  }
}

const held = (desk: DrivenDesk) =>
  [...desk.state.holdings.values()].map(({ dealId, size, origin }) => `${dealId} ${size} ${origin}`)

describe('a position that the stream tells of', () => {
  it('is held at once, as of elsewhere, and is believed over lists that do not show it yet', () => {
    const desk = aReadyDesk()
    desk.streamPosition('DI9', 'open')
    expect([held(desk), desk.words]).toEqual([['DI9 1 elsewhere'], 'OPENED ELSEWHERE: BUY 1 EUR/USD Mini'])
    expect(desk.recorded('position-appeared')).toMatchObject([{ dealId: 'DI9', direction: 'BUY', size: '1' }])
    for (let i = 0; i < 12; i += 1) {
      passWithoutLists(desk, 400)
      expect(exposure(desk.state)).toBe('open')
    }
  })

  it('is said once, though the list shows it as well, and is as the list has it from then on', () => {
    const desk = aReadyDesk()
    desk.streamPosition('DI9', 'open')
    desk.pass(150)
    desk.list([aPosition('DI9', { level: new Decimal('1.08001') })])
    expect([...desk.state.holdings.values()]).toMatchObject([
      { level: new Decimal('1.08001'), seen: { kind: 'listed' } },
    ])
    expect(desk.recorded('position-appeared').length).toBe(1)
  })

  it('is not held any more when the lists have not shown it for five seconds', () => {
    const desk = aReadyDesk()
    desk.streamPosition('DI9', 'open')
    passWithoutLists(desk, 7_000)
    expect([held(desk), exposure(desk.state)]).toEqual([[], 'flat'])
  })

  it('is held when only a change of it is told, and gone with its end', () => {
    const desk = aReadyDesk()
    desk.streamPosition('DI9', 'updated')
    expect(held(desk)).toEqual(['DI9 1 elsewhere'])
    desk.streamPosition('DI9', 'deleted')
    expect(held(desk)).toEqual([])
    desk.streamPosition('DI9', 'open')
    expect(held(desk)).toEqual([])
  })

  it('is held without a word while our order for it is in flight, whose confirm says so', () => {
    const desk = aReadyDesk()
    const id = desk.press('BUY')
    desk.streamPosition('DI1', 'open', dealReference(id))
    expect([held(desk), desk.recorded('position-appeared')]).toEqual([['DI1 1 ours'], []])
  })

  it('in a market that is not ours is left to the list, which knows how large its contracts are', () => {
    const desk = aReadyDesk({ contracts: [...aReadyDesk().state.contracts.values()].slice(0, 1) })
    const update = aPositionUpdate('DI9', { epic: GOLD, status: 'open' })
    desk.feed({ kind: 'trade', trade: { kind: 'position', update } })
    expect(held(desk)).toEqual([])
    passWithoutLists(desk, 1_000)
    expect(exposure(desk.state)).toBe('checking')
    passWithoutLists(desk, 7_000)
    expect(exposure(desk.state)).toBe('flat')
  })
})

/** A desk with a working order of its own, listed. */
function resting(): DrivenDesk {
  const desk = aReadyDesk()
  desk.want({ kind: 'join', epic: EURUSD, direction: 'BUY' })
  desk.acknowledge('R1')
  desk.streamConfirm(aPlaceConfirm('R1', 'DO1'))
  desk.pass(3_000)
  desk.list([], [aWorkingOrder('DO1')])
  desk.quote()
  return desk
}

describe('a working order that the stream tells of', () => {
  it('rests at once, as of elsewhere, and is believed over lists that do not show it yet', () => {
    const desk = aReadyDesk()
    desk.tellWorkingOrder('DO9', { status: 'open', size: new Decimal(3) })
    expect([...desk.state.resting.values()]).toMatchObject([
      { dealId: 'DO9', origin: 'elsewhere', size: new Decimal(3) },
    ])
    passWithoutLists(desk, 4_000)
    expect(exposure(desk.state)).toBe('open')
  })

  it('fills into a position that is ours, before any list shows it', () => {
    const desk = resting()
    desk.tellWorkingOrder('DO1', { status: 'deleted' })
    desk.streamPosition('DI1', 'open', dealReference('R1'))
    expect([held(desk), desk.words]).toEqual([['DI1 1 ours'], 'FILLED: order to BUY 1 at 1.08410'])
    passWithoutLists(desk, 4_000)
    expect(exposure(desk.state)).toBe('open')
  })

  it('that ends without a word of its position may have filled: neither flat nor a next entry until the lists must show it', () => {
    const desk = resting()
    desk.tellWorkingOrder('DO1', { status: 'deleted' })
    passWithoutLists(desk, 4_000)
    expect(exposure(desk.state)).toBe('checking')
    desk.quote()
    desk.press('BUY')
    expect([desk.sent('open'), desk.words]).toEqual([
      [],
      'DENIED BUY: the outcome of an earlier order is being checked',
    ])
    passWithoutLists(desk, 4_000)
    expect(exposure(desk.state)).toBe('flat')
    desk.quote()
    desk.press('BUY')
    expect(desk.sent('open')).toHaveLength(1)
  })

  it('that we cancelled ends for good', () => {
    const desk = resting()
    desk.want({ kind: 'cancel', orders: { dealId: dealId('DO1') } })
    desk.tellWorkingOrder('DO1', { status: 'deleted' })
    expect(desk.state.unlisted.size).toBe(1)
    desk.acknowledge('R2.1', 'IGCANCELS')
    desk.streamConfirm(aCancelConfirm('IGCANCELS', 'DO1'))
    expect(desk.state.unlisted.size).toBe(0)
  })

  it('holds a flatten up until it is known what became of it', () => {
    const desk = resting()
    desk.tellWorkingOrder('DO1', { status: 'deleted' })
    desk.press('flatten')
    passWithoutLists(desk, 4_000)
    expect(desk.recorded('flat')).toEqual([])
    passWithoutLists(desk, 3_000)
    expect(desk.words).toBe(FLAT)
  })
})

describe('a working order of ours that the list shows before its confirm comes', () => {
  /** Listed as of elsewhere: the list names no request. */
  function listedEarly(): DrivenDesk {
    const desk = aReadyDesk()
    desk.pass(15_000)
    desk.list()
    desk.quote()
    desk.want({ kind: 'join', epic: EURUSD, direction: 'BUY' })
    desk.pass(3_000)
    desk.list([], [aWorkingOrder('DO1')])
    expect(origins(desk)).toEqual(['elsewhere'])
    return desk
  }
  const origins = (desk: DrivenDesk) => [...desk.state.resting.values()].map(({ origin }) => origin)

  it('is ours once its confirm says so', () => {
    const desk = listedEarly()
    desk.acknowledge('R1')
    desk.streamConfirm(aPlaceConfirm('R1', 'DO1'))
    expect(origins(desk)).toEqual(['ours'])
  })

  it('is ours once the account’s history says so', () => {
    const desk = listedEarly()
    desk.loseReply('R1')
    passWithoutLists(desk, 10_000)
    desk.list([], [aWorkingOrder('DO1')])
    desk.tellHistory([aPastDeal({ reference: dealReference('R1'), affected: [dealId('DO1')] })])
    desk.pass(1_000)
    desk.list([], [aWorkingOrder('DO1')])
    expect([desk.stage('R1'), origins(desk)]).toEqual(['done', ['ours']])
  })

  it('is ours from the beginning where the stream told of it with its reference', () => {
    const desk = aReadyDesk()
    desk.want({ kind: 'join', epic: EURUSD, direction: 'BUY' })
    desk.tellWorkingOrder('DO1', { status: 'open', reference: dealReference('R1') })
    desk.pass(3_000)
    desk.list([], [aWorkingOrder('DO1')])
    expect(origins(desk)).toEqual(['ours'])
  })
})

describe('after a restart', () => {
  const recovered = {
    orders: [],
    usedReferences: [dealReference('R0')],
    deals: [{ dealId: dealId('DI1'), origin: 'ours' as const }],
    facts: [],
    openingEquity: null,
    day: null,
  }

  it('a deal of ours that is not listed yet keeps the book unknown, for as long as lists may lag', () => {
    const desk = aReadyDesk({ recovered })
    expect(desk.state.book.agreedAt).toBeNull()
    desk.press('BUY')
    expect(desk.sent('open')).toEqual([])
    passWithoutLists(desk, 7_000)
    expect(exposure(desk.state)).toBe('flat')
  })

  it('the book is known at once when the lists show it', () => {
    const desk = aReadyDesk({ recovered: { ...recovered, deals: [] } })
    expect(exposure(desk.state)).toBe('flat')
    const holding = aReadyDesk({ recovered })
    holding.pass(1_000)
    holding.list([aPosition('DI1', { dealReference: dealReference('R0') })])
    expect(exposure(holding.state)).toBe('open')
    expect(holding.state.book.agreedAt).not.toBeNull()
  })

  it('a part-close of a deal that is not listed yet is not called done', () => {
    const purpose = {
      kind: 'close',
      epic: EURUSD,
      dealId: dealId('DI1'),
      direction: 'BUY',
      size: new Decimal('0.5'),
      heldSize: new Decimal(1),
    } as const
    const order = { id: 'R0.1', purpose, reference: null, sentWallMs: 0, question: 'open' } as const
    const desk = aReadyDesk({ recovered: { ...recovered, orders: [order] } })
    passWithoutLists(desk, 3_000)
    expect(desk.stage('R0.1')).toBe('checking')
  })
})

it('holds FLAT back for what the confirm of somebody else opened, until the lists must show it', () => {
  const desk = aReadyDesk()
  desk.feed({ kind: 'trade', trade: aConfirmEvent(aConfirm('SOMEBODY', 'DI9')) })
  passWithoutLists(desk, 4_000)
  expect(exposure(desk.state)).toBe('checking')
  passWithoutLists(desk, 3_000)
  expect(exposure(desk.state)).toBe('flat')
})

describe('a deal that came and went before any list showed it', () => {
  const dayOf = (desk: DrivenDesk) =>
    [...desk.state.day.open, ...desk.state.day.ended].map(
      ({ dealId: id, left, level, parts }) => `${id} ${left} at ${level} in ${parts.length}`,
    )

  it('is in the day by what the stream told, though our confirm never came', () => {
    const desk = aReadyDesk()
    const id = desk.press('BUY')
    desk.loseReply(id)
    desk.streamPosition('DI1', 'open', dealReference(id))
    desk.streamPosition('DI1', 'deleted', dealReference(id))
    desk.list()
    expect(dayOf(desk)).toEqual(['DI1 0 at 1.08418 in 1'])
  })

  it('is in the day by its end alone, and its result is not known', () => {
    const desk = aReadyDesk()
    desk.streamPosition('DI7', 'deleted')
    expect(dayOf(desk)).toEqual(['DI7 0 at null in 1'])
    expect(desk.state.memory.results).toMatchObject([{ id: 'gone-DI7', profit: null }])
    desk.streamPosition('DI7', 'deleted')
    expect(dayOf(desk)).toHaveLength(1)
  })

  it('is in the day by the account’s history, once the lists have had the time to show it', () => {
    const desk = aReadyDesk()
    const id = desk.press('BUY')
    desk.loseReply(id)
    desk.pass(10_000)
    desk.list()
    const affected = [dealId('DI1')]
    desk.tellHistory([{ reference: dealReference(id), dealId: null, status: 'accepted', affected, description: null }])
    for (let second = 0; second < 8; second++) {
      desk.pass(1_000)
      if (desk.state.book.reading) desk.list()
    }
    expect([desk.stage(id), dayOf(desk)]).toEqual(['done', ['DI1 0 at null in 1']])
  })
})
