import { describe, expect, it } from 'vitest'
import { freshness } from '../freshness.ts'
import { epic } from '../ids.ts'
import type { Quote } from '../quote.ts'
import { playedStream, turnEnds } from '../testing/played-stream.ts'

// Transcripts: TLCP specification, and IG Labs, Streaming API reference, "PRICE" and "MARKET".

const EPIC = epic('CS.D.EURUSD.CFD.IP')
const EURUSD = { epic: EPIC, decimals: 5, state: 'offline' } as const

function started() {
  const played = playedStream()
  const quotes: Quote[] = []
  return { ...played, quotes, hear: (quote: Quote) => void quotes.push(quote) }
}

describe('prices', () => {
  it('a snapshot, then changes, each a quote of its own', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect()
    expect(run.asked()).toEqual(['PRICE:ABC12:CS.D.EURUSD.CFD.IP MERGE Pricing'])
    run.say('SUBOK,1,1,5', 'CONF,1,unlimited,filtered', 'U,1,1,1.08501|1.08507|1718380000123|DEAL  |0')
    run.say('U,1,1,1.08502||1718380000124|^2')
    expect(run.quotes).toMatchObject([
      { bidUnits: 108_501, offerUnits: 108_507, state: 'tradeable', isSnapshot: true, session: 1, levels: null },
      { bidUnits: 108_502, offerUnits: 108_507, brokerTimeMs: 1_718_380_000_124, isSnapshot: false, day: null },
    ])
    expect(run.quotes[0]).not.toBe(run.quotes[1])
  })

  it('an epic alone shows the decimals of its price texts, and a state only when IG tells one', async () => {
    const run = started()
    run.stream.prices([EPIC], run.hear)
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.0850|1.0851|#|#|0', 'U,1,1,1.08503|^4', 'U,1,1,|1.0852||DEAL|')
    expect(run.quotes.map(quote => [quote.decimals, quote.bidUnits, quote.offerUnits, quote.state])).toEqual([
      [4, 10_850, 10_851, { other: '' }],
      [5, 108_503, 108_510, { other: '' }],
      [5, 108_503, 108_520, 'tradeable'],
    ])
  })

  it('levels of the ladder, with the sizes that they are good for', async () => {
    const run = started()
    run.stream.prices([{ ...EURUSD, decimals: 1 }], run.hear, { depth: 3 })
    await run.connect()
    run.say('SUBOK,1,1,15', 'U,1,1,6501|6502|#|DEAL|0|300|300|6500|6503|700|700|6499.5|6504|#|1000')
    run.say('U,1,1,6500|^5|250|^8')
    expect(run.quotes[0]?.levels?.map(level => [level.bidUnits, level.offerUnits])).toEqual([
      [65_010, 65_020],
      [65_000, 65_030],
      [64_995, 65_040],
    ])
    expect(run.quotes[0]?.levels?.map(level => level.offerSize?.toFixed())).toEqual(['300', '700', '1000'])
    expect(run.quotes[0]?.levels?.[2]?.bidSize).toBeNull()
    expect(run.quotes[1]?.levels?.[0]).toMatchObject({ bidUnits: 65_000, offerUnits: 65_020 })
    expect(run.quotes[1]?.levels?.[0]?.offerSize?.toFixed()).toBe('250')
    expect(run.quotes[0]?.levels?.[0]?.offerSize?.toFixed()).toBe('300')
  })

  it('a level that is finer than the market widens everything', async () => {
    const run = started()
    run.stream.prices([{ ...EURUSD, decimals: 0 }], run.hear, { depth: 2 })
    await run.connect()
    run.say('SUBOK,1,1,11', 'U,1,1,6501|6502|#|DEAL|0|3|3|6500.5|6503|7|7')
    expect(run.quotes[0]).toMatchObject({ decimals: 1, bidUnits: 65_010, offerUnits: 65_020 })
    expect(run.quotes[0]?.levels?.map(level => [level.bidUnits, level.offerUnits])).toEqual([
      [65_010, 65_020],
      [65_005, 65_030],
    ])
  })

  it('sizes in the other currencies of the ladder, and none for those that it does not have', async () => {
    const run = started()
    run.stream.prices([{ ...EURUSD, decimals: 1 }], run.hear, { depth: 2, currencies: true })
    await run.connect()
    const ladder = '300|310|6500|6503|700|710'
    const others = 'USD|GBP|250|260|580|590|JPY|#|1|2|#|^15'.replace('^15', Array(15).fill('#').join('|'))
    run.say('SUBOK,1,1,37', `U,1,1,6501|6502|#|DEAL|0|${ladder}|${others}`)
    // The second tier of pounds, then the sizes of the levels alone.
    run.say('U,1,1,^16|600|^20', 'U,1,1,^5|400|^31')
    const sizes = run.quotes.map(quote =>
      quote.sizes?.map(({ currency, bidSizes, offerSizes }) => [currency, bidSizes.join(), offerSizes.join()]),
    )
    expect(sizes[0]).toEqual([
      ['USD', '300,700', '310,710'],
      ['GBP', '250,580', '260,590'],
      ['JPY', ',2', '1,'],
    ])
    expect(sizes[1]?.[1]).toEqual(['GBP', '250,580', '260,600'])
    expect(sizes[2]?.slice(0, 2)).toEqual([
      ['USD', '400,700', '310,710'],
      ['GBP', '250,580', '260,600'],
    ])
    run.say('END,48,enough')
    expect(run.quotes.at(-1)).toMatchObject({ levels: null, sizes: null, quoteIds: null })
  })

  it('ids of the quotes, with the price that they are of', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear, { quoteIds: true, day: true })
    await run.connect()
    run.say('SUBOK,1,1,12', 'U,1,1,1.08501|1.08507|#|DEAL|0|Q1|Q2|1.084|1.09|1.08|0.00101|#')
    run.say('U,1,1,1.08502|^4|Q3|^6', 'U,1,1,^10|0.002|')
    expect(run.quotes.map(({ quoteIds }) => [quoteIds?.bid, quoteIds?.offer])).toEqual([
      ['Q1', 'Q2'],
      ['Q3', 'Q2'],
      ['Q3', 'Q2'],
    ])
    expect(run.quotes.map(({ day }) => day?.netChange?.toFixed())).toEqual(['0.00101', '0.00101', '0.002'])
  })

  it('figures of the day', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear, { day: true })
    await run.connect()
    run.say('SUBOK,1,1,10', 'U,1,1,1.08501|1.08507|#|DEAL|0|1.084|1.09|1.08|0.00101|#', 'U,1,1,^5||||0.001|0.09')
    const [first, second] = run.quotes.map(({ day }) => day)
    expect([first?.midOpen, first?.high, first?.low, first?.netChange].map(String)).toEqual([
      '1.084',
      '1.09',
      '1.08',
      '0.00101',
    ])
    expect(first?.percentChange).toBeNull()
    expect([second?.high, second?.netChange, second?.percentChange].map(String)).toEqual(['1.09', '0.001', '0.09'])
  })

  it.each(['MARKET', 'L1'] as const)('the legacy item %s gives the same quotes', async legacyItems => {
    const run = started()
    run.stream.prices([EURUSD], run.hear, { legacyItems, day: true })
    await run.connect()
    expect(run.asked()).toEqual([`${legacyItems}:CS.D.EURUSD.CFD.IP MERGE`])
    // The clock of these tests starts at 09:00 on a day in January: no summer time.
    run.say('SUBOK,1,1,10', 'U,1,1,1.08501|1.08507|08:59:58|TRADEABLE|0|1.084|1.09|1.08|0.00101|0.09')
    run.say('U,1,1,^3|AUCTION_NO_EDIT|^6')
    expect(run.quotes[0]).toMatchObject({
      bidUnits: 108_501,
      state: 'tradeable',
      isDelayed: false,
      brokerTimeMs: Date.UTC(2026, 0, 5, 8, 59, 58),
    })
    expect(run.quotes[0]?.day?.percentChange?.toFixed()).toBe('0.09')
    expect(run.quotes[1]?.state).toBe('auction-no-edits')
  })

  it('the rows of nulls of a Friday evening take the price away, and an empty one leaves it away', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0', 'U,1,1,#|#|#|^2', 'U,1,1,^5')
    expect(run.quotes.slice(1).map(({ bid, offer, brokerTimeMs }) => [bid, offer, brokerTimeMs])).toEqual([
      [null, null, null],
      [null, null, null],
    ])
  })

  it('a state that IG takes away is unknown, not the last one: nothing deals on it, and it is no alarm', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|#|0', 'U,1,1,^3|DEAL|', 'U,1,1,#|#|#|#|', 'U,1,1,^3|CLOSED|')
    expect(run.quotes.map(({ state }) => state)).toEqual(['offline', 'tradeable', { other: '' }, 'closed'])
    const worth = run.quotes.map(quote => freshness(quote, run.stream.health, run.clock.monotonicMs()))
    expect(worth).toEqual(['closed', 'fresh', 'closed', 'closed'])
  })

  it.each([
    [{ currencies: true }],
    [{ quoteIds: true, legacyItems: 'L1' }],
    [{ depth: 0 }],
    [{ depth: 6 }],
    [{ depth: 1.5 }],
    [{ legacyItems: 'PRICE' }],
    [{ depth: 1, legacyItems: 'L1' }],
  ])('refuses %o before anything is sent', options => {
    const run = started()
    expect(() => run.stream.prices([EURUSD], run.hear, options as object)).toThrow(/expected .*, but .*; leave/)
    expect(run.dials()).toBe(0)
  })

  it('refuses a text that is no epic', () => {
    const run = started()
    expect(() => run.stream.prices(['PRICE ME' as typeof EPIC], run.hear)).toThrow('expected an epic')
  })
})

describe('a session that is over', () => {
  it('takes the price away until the next one tells it, and the quotes know which is which', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect('S1')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0', 'END,48,enough')
    expect(run.quotes[1]).toMatchObject({ bid: null, offer: null, gap: { kind: 'lost' }, isSnapshot: false })
    await run.connect('S2')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08511|1.08517|2|DEAL|0')
    expect(run.quotes[2]).toMatchObject({
      bidUnits: 108_511,
      gap: null,
      state: 'tradeable',
      isSnapshot: true,
      session: 2,
    })
  })

  it('and rows that the server dropped leave nothing of what was, and the next row shows all of what is', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear, { day: true })
    await run.connect('S1')
    run.say('SUBOK,1,1,10', 'U,1,1,1.08501|1.08507|1|DEAL|0|1.084|1.09|1.08|0.00101|0.1')
    run.say('OV,1,1,3', 'U,1,1,1.08502|^9')
    expect(run.quotes[1]).toMatchObject({ bid: null, offer: null, brokerTimeMs: null, day: null })
    expect(run.quotes[1]?.gap).toMatchObject({ kind: 'interrupted', missed: 3 })
    expect(run.quotes[2]).toMatchObject({ bidUnits: 108_502, offerUnits: 108_507, brokerTimeMs: 1, gap: null })
    expect(run.quotes[2]?.day?.high?.toFixed()).toBe('1.09')
  })

  it('a lost connection that is recovered takes nothing away', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect('S1')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0')
    for (let second = 0; second < 6; second++) {
      run.clock.advance(1_000)
      run.say('PROBE')
    }
    run.drop()
    await run.connect('S1')
    run.say('PROG,2', 'U,1,1,1.08502|^4')
    expect(run.quotes.map(({ bidUnits, session }) => [bidUnits, session])).toEqual([
      [108_501, 1],
      [108_502, 1],
    ])
  })

  it('is told when IG closes the stream for good, and begins again with the next session of the login', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect('S1')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0', 'END,35,another session of this user')
    expect(run.stream.health.status.kind).toBe('closed')
    expect(run.quotes.at(-1)).toMatchObject({ bid: null, gap: { kind: 'closed' } })
    run.stream.sessionRenewed()
    await run.connect('S2')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08511|1.08517|2|DEAL|0')
    expect(run.quotes.at(-1)).toMatchObject({ bidUnits: 108_511, gap: null, session: 2 })
  })

  it('a renewed login leaves a stream that works alone, and moves it when IG names another server', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect('S1')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0')
    run.stream.sessionRenewed()
    expect([run.dials(), run.quotes.length]).toEqual([1, 1])
    run.place.server = 'https://other.example.com'
    run.stream.sessionRenewed()
    expect(run.dials()).toBe(2)
    expect(run.quotes.at(-1)).toMatchObject({ bid: null, gap: { kind: 'lost' } })
    await run.connect('S2')
    run.say('SUBOK,1,1,5', 'U,1,1,1.08511|1.08517|2|DEAL|0')
    expect(run.quotes.at(-1)).toMatchObject({ bidUnits: 108_511, session: 2 })
  })
})

describe('a stream that IG refuses, whatever the tokens', () => {
  it('begins again with the next login at once, then after pauses that grow, and at once when it has worked again', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    // With the tokens at hand, and with fresh ones.
    const refuse = async () => {
      for (let time = 0; time < 2; time++) {
        run.clock.advance(1_000)
        await run.open()
        run.say('WSOK', 'CONERR,1,User/password check failed')
      }
      expect(run.stream.health.status.kind).toBe('closed')
    }
    await refuse()
    run.stream.sessionRenewed()
    expect(run.dials()).toBe(3)
    for (const pauseMs of [60_000, 120_000, 240_000]) {
      await refuse()
      const before = run.dials()
      run.stream.sessionRenewed()
      run.clock.advance(pauseMs - 1)
      expect(run.dials()).toBe(before)
      run.clock.advance(1)
      expect(run.dials()).toBe(before + 1)
    }
    await run.connect()
    run.say('END,35,another session of this user')
    const before = run.dials()
    run.stream.sessionRenewed()
    expect(run.dials()).toBe(before + 1)
    await refuse()
    run.stream.sessionRenewed()
    await run.stream.close()
    run.clock.advance(3_600_000)
    expect([run.dials(), run.clock.pending]).toEqual([before + 2, 0])
  })
})

describe('a shared subscription', () => {
  it('is one on the wire; who comes late is told what is known, as a snapshot; the last one closes it', async () => {
    const run = started()
    const late: Quote[] = []
    const first = run.stream.prices([EURUSD], run.hear)
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0', 'U,1,1,1.08502|^4')
    const second = run.stream.prices([EPIC], quote => late.push(quote))
    expect(late).toEqual([])
    await turnEnds()
    expect(late).toMatchObject([{ bidUnits: 108_502, isSnapshot: true, receivedAtMs: run.quotes[1]?.receivedAtMs }])
    run.say('U,1,1,1.08503|^4')
    expect(late[1]).toMatchObject({ bidUnits: 108_503, isSnapshot: false })
    expect(late[1]).toBe(run.quotes[2])
    expect(run.stream.usage).toEqual({ open: 1, limit: 40 })
    run.asked()
    first.close()
    first.close()
    run.say('U,1,1,1.08504|^4')
    expect([run.quotes.length, late.length]).toEqual([3, 3])
    expect(run.asked()).toEqual([])
    second.close()
    expect(run.asked()).toEqual(['delete 1'])
    expect(run.stream.usage.open).toBe(0)
  })

  it('tells who comes late nothing old when something new comes first', async () => {
    const run = started()
    run.stream.prices([EURUSD], () => {})
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0')
    run.stream.prices([EURUSD], run.hear)
    run.say('U,1,1,1.08502|^4')
    await turnEnds()
    expect(run.quotes.map(({ bidUnits, isSnapshot }) => [bidUnits, isSnapshot])).toEqual([[108_502, false]])
  })

  it('tells prices in the finest decimals that anybody knows', async () => {
    const run = started()
    run.stream.prices([EPIC], run.hear)
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.085|1.086|1|DEAL|0')
    const late: Quote[] = []
    run.stream.prices([EURUSD], quote => late.push(quote))
    await turnEnds()
    expect(run.quotes[0]).toMatchObject({ decimals: 3, bidUnits: 1_085 })
    expect(late[0]).toMatchObject({ decimals: 5, bidUnits: 108_500, offerUnits: 108_600 })
  })

  it('a listener that throws harms nobody else', async () => {
    const run = started()
    const thrown: unknown[] = []
    const onError = (error: unknown) => void thrown.push(error)
    process.once('uncaughtException', onError)
    run.stream.prices([EURUSD], () => {
      throw new Error('mine')
    })
    run.stream.prices([EURUSD], run.hear)
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.08501|1.08507|1|DEAL|0')
    await new Promise(resolve => setImmediate(resolve))
    process.removeListener('uncaughtException', onError)
    expect(run.quotes).toHaveLength(1)
    expect(thrown).toMatchObject([{ message: 'mine' }])
  })

  it('that was refused is asked for again by whoever comes next', async () => {
    const run = started()
    run.stream.prices([EURUSD], run.hear)
    await run.connect()
    run.asked()
    run.say('REQERR,1,-1,Insufficient permissions, ask IG')
    expect(run.quotes[0]).toMatchObject({
      state: { other: 'refused: Insufficient permissions, ask IG (-1)' },
      gap: { kind: 'refused' },
    })
    expect(run.stream.usage.open).toBe(0)
    run.stream.prices([EURUSD], () => {})
    expect(run.asked()).toEqual(['PRICE:ABC12:CS.D.EURUSD.CFD.IP MERGE Pricing'])
    run.say('SUBOK,2,1,5', 'U,2,1,1.08501|1.08507|1|DEAL|0')
    expect(run.quotes.at(-1)).toMatchObject({ bidUnits: 108_501, gap: null })
  })
})
