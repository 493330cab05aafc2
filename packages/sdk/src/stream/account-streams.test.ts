import { describe, expect, it } from 'vitest'
import type { AccountFigures } from '../account.ts'
import type { Heartbeat } from '../heartbeat.ts'
import { playedStream, turnEnds } from '../testing/played-stream.ts'
import type { TradeEvent } from '../trade-event.ts'

// Transcripts: TLCP specification, and IG Labs, Streaming API reference, "ACCOUNT" and "TRADE".

const encoded = (json: object) => JSON.stringify(json).replaceAll('|', '%7C')

describe('the account', () => {
  it('gives every figure, and null for what is not there', async () => {
    const run = playedStream()
    const figures: AccountFigures[] = []
    run.stream.account(each => void figures.push(each))
    await run.connect()
    expect(run.asked()).toEqual(['ACCOUNT:ABC12 MERGE'])
    run.say(
      'SUBOK,1,1,12',
      'U,1,1,-12.5|-2.5|-10|10000.10|9987.6|14.9|1500|8487.6|8500.1|1488|100|1388',
      'U,1,1,-13|^11',
    )
    const texts = Object.entries(figures[0] ?? {}).map(([name, value]) => `${name} ${String(value)}`)
    expect(texts.slice(0, 12)).toEqual([
      'profitLoss -12.5',
      'profitLossLimitedRisk -2.5',
      'profitLossNormalRisk -10',
      'funds 10000.1',
      'equity 9987.6',
      'equityUsedPercent 14.9',
      'deposit 1500',
      'available 8487.6',
      'availableCash 8500.1',
      'margin 1488',
      'marginLimitedRisk 100',
      'marginNormalRisk 1388',
    ])
    expect(figures[1]?.profitLoss?.toFixed()).toBe('-13')
    expect(figures[1]?.funds?.toFixed()).toBe('10000.1')
    run.say('END,48,enough')
    expect(figures[2]).toMatchObject({ profitLoss: null, funds: null })
  })
})

describe('the heartbeat', () => {
  it('beats with the time of IG, and says when it does not', async () => {
    const run = playedStream()
    const beats: Heartbeat[] = []
    run.stream.heartbeat(beat => void beats.push(beat))
    expect(run.stream.health.heartbeatAtMs).toBeNull()
    await run.connect()
    expect(run.asked()).toEqual(['TRADE:HB.U.HEARTBEAT.IP MERGE'])
    run.say('SUBOK,1,1,1', 'U,1,1,1767607200000')
    run.clock.advance(500)
    run.say('U,1,1,1767607201000')
    expect(beats).toMatchObject([
      { brokerTimeMs: 1_767_607_200_000, isSnapshot: true, gap: null },
      { brokerTimeMs: 1_767_607_201_000, isSnapshot: false },
    ])
    expect(run.stream.health).toMatchObject({ session: 1, heartbeatAtMs: beats[1]?.receivedAtMs })
    expect(run.stream.health).toBe(run.stream.health)
    run.say('END,48,enough')
    expect(beats[2]).toMatchObject({ brokerTimeMs: null, gap: { kind: 'lost' } })
    expect(run.stream.health.heartbeatAtMs).toBeNull()
  })
})

describe('trades', () => {
  async function started() {
    const run = playedStream()
    const events: TradeEvent[] = []
    run.stream.trades(event => void events.push(event))
    await run.connect()
    run.say('SUBOK,1,1,3')
    return { ...run, events: () => events.slice(1) }
  }

  it('a confirm has what the stream alone tells of it', async () => {
    const run = await started()
    const confirm = {
      dealReference: 'REF-1',
      dealId: 'DI1',
      dealStatus: 'REJECTED',
      reason: 'MARKET_CLOSED',
      epic: 'IX.D.DAX.IFD.IP',
      direction: 'SELL',
      date: '2026-01-05T10:00:00.123',
      channel: 'PublicRestOTC',
      repeatDealingWindow: { entries: [{ size: 1.5, expiry: 1_767_607_230_000 }, { expiry: 1 }] },
    }
    run.say(`U,1,1,${encoded(confirm)}|#|#`)
    expect(run.events()).toMatchObject([
      {
        kind: 'confirm',
        confirm: { reference: 'REF-1', outcome: { kind: 'rejected', reason: 'MARKET_CLOSED' } },
        channel: 'PublicRestOTC',
        repeatDealing: [{ countsUntilMs: 1_767_607_230_000 }],
      },
    ])
  })

  it('a position update has every field', async () => {
    const run = await started()
    const update = {
      dealId: 'DI2',
      dealIdOrigin: 'DI1',
      dealReference: 'REF-1',
      direction: 'BUY',
      epic: 'IX.D.DAX.IFD.IP',
      expiry: 'DFB',
      size: '0.5',
      level: 18000.5,
      currency: 'EUR',
      status: 'UPDATED',
      dealStatus: 'ACCEPTED',
      stopLevel: 17990,
      limitLevel: null,
      guaranteedStop: 'true',
      trailingStep: '1',
      trailingStopDistance: 10.5,
      timestamp: '2026-01-05T10:00:00.123',
      channel: 'PublicRestOTC',
    }
    run.say(`U,1,1,#|${encoded(update)}|#`)
    const [event] = run.events()
    if (event?.kind !== 'position') throw new Error('expected a position update')
    const { size, level, stopLevel, trailingStop, ...rest } = event.update
    expect([size, level, stopLevel, trailingStop?.distancePoints, trailingStop?.stepPoints].map(String)).toEqual([
      '0.5',
      '18000.5',
      '17990',
      '10.5',
      '1',
    ])
    expect(rest).toEqual({
      dealId: 'DI2',
      originalDealId: 'DI1',
      reference: 'REF-1',
      direction: 'BUY',
      epic: 'IX.D.DAX.IFD.IP',
      expiry: 'DFB',
      currency: 'EUR',
      status: 'updated',
      dealStatus: 'accepted',
      limitLevel: null,
      isGuaranteed: true,
      atMs: Date.UTC(2026, 0, 5, 10, 0, 0, 123),
      channel: 'PublicRestOTC',
    })
  })

  it('a working order update has every field, and may have hardly any', async () => {
    const run = await started()
    const update = {
      dealId: 'DI3',
      dealReference: 'REF-2',
      direction: 'SELL',
      epic: 'IX.D.DAX.IFD.IP',
      expiry: '-',
      size: 2,
      level: '18100',
      currency: 'EUR',
      status: 'OPEN',
      dealStatus: 'ACCEPTED',
      orderType: 'LIMIT',
      timeInForce: 'GOOD_TILL_DATE',
      goodTillDate: '2026/01/06 10:00:00',
      stopDistance: 20,
      limitDistance: '40',
      guaranteedStop: false,
      timestamp: 'soon',
      channel: 'OSAutoStopFill',
    }
    run.say(
      `U,1,1,#|#|${encoded(update)}`,
      `U,1,1,||${encoded({ ...{ dealId: 'DI4', epic: update.epic }, status: 'DELETED' })}`,
    )
    const [full, bare] = run.events()
    if (full?.kind !== 'working-order' || bare?.kind !== 'working-order') throw new Error('expected two updates')
    const { size, level, stopDistancePoints, limitDistancePoints, ...rest } = full.update
    expect([size, level, stopDistancePoints, limitDistancePoints].map(String)).toEqual(['2', '18100', '20', '40'])
    expect(rest).toEqual({
      dealId: 'DI3',
      reference: 'REF-2',
      epic: 'IX.D.DAX.IFD.IP',
      expiry: '-',
      direction: 'SELL',
      currency: 'EUR',
      status: 'open',
      dealStatus: 'accepted',
      orderKind: 'limit',
      timeInForce: 'good-till-date',
      goodTillText: '2026/01/06 10:00:00',
      isGuaranteed: false,
      atMs: null,
      channel: 'OSAutoStopFill',
    })
    expect(bare.update).toMatchObject({
      dealId: 'DI4',
      status: 'deleted',
      direction: null,
      size: null,
      orderKind: null,
    })
  })

  it('an event is told once, though its field shows it until the next one', async () => {
    const run = await started()
    const order = (dealId: string) => encoded({ dealId, epic: 'IX.D.DAX.IFD.IP', status: 'OPEN' })
    run.say(`U,1,1,#|#|${order('DI4')}`)
    run.say(
      `U,1,1,${encoded({ dealReference: 'REF-1', dealId: 'DI5', dealStatus: 'ACCEPTED', epic: 'IX.D.DAX.IFD.IP', direction: 'BUY' })}||`,
    )
    run.say(`U,1,1,||${order('DI6')}`)
    expect(run.events().map(({ kind }) => kind)).toEqual(['working-order', 'confirm', 'working-order'])
  })

  it('confirms are not heard while the connection is lost, though nothing may be lost of them', async () => {
    const run = await started()
    expect(run.stream.isHearingConfirms).toBe(true)
    run.drop()
    expect(run.stream.isHearingConfirms).toBe(false)
  })

  it('who comes late is told that they are listened to, and nothing of the past', async () => {
    const run = await started()
    run.say(`U,1,1,#|#|${encoded({ dealId: 'DI4', epic: 'IX.D.DAX.IFD.IP', status: 'OPEN' })}`)
    const late: TradeEvent[] = []
    run.stream.trades(event => void late.push(event))
    await turnEnds()
    expect(late).toEqual([{ kind: 'feed', state: 'listening' }])
  })
})
