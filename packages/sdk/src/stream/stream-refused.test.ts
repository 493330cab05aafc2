import { describe, expect, it } from 'vitest'
import { accountId, epic } from '../ids.ts'
import type { Quote } from '../quote.ts'
import { playedStream, turnEnds } from '../testing/played-stream.ts'
import type { TradeEvent } from '../trade-event.ts'

// Transcripts: TLCP specification, "Subscription Request" and "Error Codes".

const BUND = epic('IR.D.BUND.CASH.IP')
const DAX = epic('IX.D.DAX.IFD.IP')
const GOLD = epic('CS.D.GOLD.CFD.IP')
const item = (market: string, account = 'ABC12') => `PRICE:${account}:${market} MERGE Pricing`
const ROW = '1.1|1.2|1767607200000|DEAL|0'

function started(limit = 40) {
  const run = playedStream()
  run.stream.learnLimit(limit)
  const last = new Map<string, Quote>()
  const watch = (market: typeof BUND) => run.stream.prices([market], quote => void last.set(market, quote))
  return { ...run, last, watch }
}

describe('what IG refused', () => {
  it('is asked for again when the login was renewed, and nothing else is', async () => {
    const run = started()
    run.watch(BUND)
    run.watch(DAX)
    await run.connect()
    run.say('REQERR,1,-1,Insufficient permissions', 'SUBOK,2,1,5', `U,2,1,${ROW}`)
    run.asked()
    expect(run.last.get(BUND)?.gap?.kind).toBe('refused')
    run.stream.sessionRenewed()
    expect(run.asked()).toEqual([item(BUND)])
    run.say('SUBOK,3,1,5', `U,3,1,${ROW}`)
    expect(run.last.get(BUND)?.bid?.toFixed()).toBe('1.1')
    expect(run.last.get(DAX)?.gap).toBeNull()
    run.stream.sessionRenewed()
    expect(run.asked()).toEqual([])
  })

  it('is not asked for again where the refusal is about the request, or nobody wants it any more', async () => {
    const run = started()
    run.watch(BUND)
    const left = run.watch(DAX)
    await run.connect()
    run.say('REQERR,1,21,bad group', 'REQERR,2,-1,Insufficient permissions')
    run.asked()
    left.close()
    run.stream.sessionRenewed()
    expect(run.asked()).toEqual([])
  })

  it('is not asked for again where there is no room for it', async () => {
    const run = started(1)
    run.watch(BUND)
    await run.connect()
    run.say('REQERR,1,-1,no')
    run.watch(DAX)
    run.asked()
    run.stream.sessionRenewed()
    expect(run.asked()).toEqual([])
    expect(run.stream.usage).toEqual({ open: 1, limit: 1 })
  })

  it('takes no room from what was not refused when everything begins again', async () => {
    const run = started(2)
    run.watch(BUND)
    await run.connect()
    run.say('REQERR,1,-1,no')
    run.watch(DAX)
    run.watch(GOLD)
    run.asked()
    run.place.account = accountId('ABC13')
    run.stream.switchAccount()
    await run.connect('S2')
    expect(run.asked().slice(-2)).toEqual([item(DAX, 'ABC13'), item(GOLD, 'ABC13')])
    expect(run.stream.usage).toEqual({ open: 2, limit: 2 })
    expect(run.last.get(BUND)?.gap?.kind).toBe('refused')
  })

  it('is asked for again on another account, where there is room', async () => {
    const run = started(2)
    run.watch(BUND)
    await run.connect()
    run.say('REQERR,1,-1,no')
    run.watch(DAX)
    run.place.account = accountId('ABC13')
    run.stream.switchAccount()
    run.asked()
    await run.connect('S2')
    expect(run.asked()).toEqual([item(DAX, 'ABC13'), item(BUND, 'ABC13')])
  })
})

describe('a stream that is closed for good', () => {
  it('says so to whoever wants something of it afterwards, and takes it along when it begins again', async () => {
    const run = started()
    run.watch(BUND)
    await run.connect()
    run.say('SUBOK,1,1,5', `U,1,1,${ROW}`, 'END,35,taken over')
    expect(run.stream.health.status.kind).toBe('closed')
    const trades: TradeEvent[] = []
    run.stream.trades(event => trades.push(event))
    run.watch(DAX)
    await turnEnds()
    expect(run.last.get(DAX)?.gap?.kind).toBe('closed')
    expect(trades[0]).toEqual({ kind: 'feed', state: 'interrupted' })
    const before = trades.length
    run.stream.sessionRenewed()
    await run.connect('S2')
    run.say('SUBOK,2,1,3', 'SUBOK,3,1,5', `U,3,1,${ROW}`)
    expect(run.last.get(DAX)?.bid?.toFixed()).toBe('1.1')
    expect(trades.length).toBeGreaterThan(before)
  })

  it('tells nothing to who has left by then', async () => {
    const run = started()
    run.watch(BUND)
    await run.connect()
    run.say('SUBOK,1,1,5', 'END,35,taken over')
    run.watch(DAX).close()
    await turnEnds()
    expect(run.last.has(DAX)).toBe(false)
  })
})
