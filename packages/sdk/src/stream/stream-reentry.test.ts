import { describe, expect, it } from 'vitest'
import { accountId, epic } from '../ids.ts'
import type { Quote } from '../quote.ts'
import { playedStream, turnEnds } from '../testing/played-stream.ts'
import type { TradeEvent } from '../trade-event.ts'

// What listeners and readers may do in the middle of things, wisely or not.

const EPIC = epic('CS.D.EURUSD.CFD.IP')
const OTHER = epic('CS.D.GBPUSD.CFD.IP')
const EURUSD = { epic: EPIC, decimals: 5, state: 'offline' } as const
const SNAPSHOT = 'U,1,1,1.08501|1.08507|1|DEAL|0'
const order = (id: string) => JSON.stringify({ dealId: id, epic: EPIC, status: 'OPEN' })

/** What listeners threw, thrown again outside. */
async function thrownBy(run: () => unknown): Promise<readonly unknown[]> {
  const thrown: unknown[] = []
  const onError = (error: unknown) => void thrown.push(error)
  process.on('uncaughtException', onError)
  try {
    await run()
    await new Promise(resolve => setImmediate(resolve))
  } finally {
    process.removeListener('uncaughtException', onError)
  }
  return thrown
}

describe('inside a listener', () => {
  it('subscribing to another item works, and it is asked for at once', async () => {
    const run = playedStream()
    const others: Quote[] = []
    let isAsked = false
    run.stream.prices([EURUSD], () => {
      if (!isAsked) run.stream.prices([OTHER], quote => others.push(quote))
      isAsked = true
    })
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT)
    expect(run.asked()).toEqual([
      'PRICE:ABC12:CS.D.EURUSD.CFD.IP MERGE Pricing',
      'PRICE:ABC12:CS.D.GBPUSD.CFD.IP MERGE Pricing',
    ])
    run.say('SUBOK,2,1,5', 'U,2,1,1.28501|1.28507|1|DEAL|0')
    expect(others).toHaveLength(1)
  })

  it('subscribing to the same item shares it: the newcomer is told what is known, then what comes', async () => {
    const run = playedStream()
    const late: Quote[] = []
    const first = run.stream.prices([EURUSD], () => {
      first.close()
      run.stream.prices([EURUSD], quote => late.push(quote))
    })
    const stay = run.stream.prices([EURUSD], () => {})
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT)
    await turnEnds()
    run.say('U,1,1,1.08502|^4')
    expect(late.map(({ bidUnits, isSnapshot }) => [bidUnits, isSnapshot])).toEqual([
      [108_501, true],
      [108_502, false],
    ])
    stay.close()
  })

  it('leaving as the last one and coming back is another subscription, which begins anew', async () => {
    const run = playedStream()
    const quotes: Quote[] = []
    const first = run.stream.prices([EURUSD], () => {
      first.close()
      run.stream.prices([EURUSD], quote => quotes.push(quote))
    })
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT, 'U,1,1,1.08502|^4')
    await turnEnds()
    expect(quotes).toEqual([])
    run.say('UNSUB,1', 'SUBOK,2,1,5', 'U,2,1,1.08503|1.08507|1|DEAL|0')
    expect(quotes.map(({ bidUnits }) => bidUnits)).toEqual([108_503])
    expect(run.stream.usage.open).toBe(1)
  })

  it('leaving ends what the others of the same row are told no sooner', async () => {
    const run = playedStream()
    const heard: string[] = []
    const first = run.stream.prices([EURUSD], () => {
      heard.push('first')
      second.close()
      first.close()
    })
    const second = run.stream.prices([EURUSD], () => heard.push('second'))
    run.stream.prices([EURUSD], () => heard.push('third'))
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT, 'U,1,1,1.08502|^4')
    expect(heard).toEqual(['first', 'third', 'third'])
  })

  it('who subscribes to trades in the turn of an event hears first that they are listened to', async () => {
    const run = playedStream()
    const late: TradeEvent[] = []
    run.stream.trades(() => {})
    run.stream.prices([EURUSD], () => void run.stream.trades(event => late.push(event)))
    await run.connect()
    run.say('SUBOK,1,1,3', 'SUBOK,2,1,5', 'U,2,1,1.08501|1.08507|1|DEAL|0', `U,1,1,#|#|${order('DI1')}`)
    await turnEnds()
    expect(late.map(event => (event.kind === 'feed' ? event.state : event.kind))).toEqual([
      'listening',
      'working-order',
    ])
  })

  it('closing everything stops the rest of the rows, and no connection is made any more', async () => {
    const run = playedStream()
    const quotes: Quote[] = []
    run.stream.prices([EURUSD], quote => {
      quotes.push(quote)
      void run.stream.close()
    })
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT, 'U,1,1,1.08502|^4')
    run.clock.advance(60_000)
    expect([quotes.length, run.dials()]).toEqual([1, 1])
  })

  it('closing everything because the account was switched makes no connection for the other', async () => {
    const run = playedStream()
    run.stream.prices([EURUSD], quote => {
      if (quote.gap?.kind === 'switched') void run.stream.close()
    })
    const seen: string[] = []
    run.stream.onStatus(status => seen.push(status.kind))
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT)
    run.place.account = accountId('ABC13')
    run.stream.switchAccount()
    run.clock.advance(60_000)
    expect(run.dials()).toBe(1)
    expect(seen.at(-1)).toBe('closed')
  })

  it('switching the account again, and subscribing, ends on the last one with one connection', async () => {
    const run = playedStream()
    let isAgain = false
    run.stream.prices([EURUSD], quote => {
      if (quote.gap === null || isAgain) return
      isAgain = true
      run.stream.prices([OTHER], () => {})
      run.place.account = accountId('ABC14')
      run.stream.switchAccount()
    })
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT)
    run.asked()
    run.place.account = accountId('ABC13')
    run.stream.switchAccount()
    await run.connect('S2')
    const asked = run.asked().filter(line => !line.startsWith('delete'))
    expect([...asked].sort()).toEqual([
      'PRICE:ABC14:CS.D.EURUSD.CFD.IP MERGE Pricing',
      'PRICE:ABC14:CS.D.GBPUSD.CFD.IP MERGE Pricing',
    ])
  })
})

describe('a listener of the status', () => {
  it('may leave in any call, and is told no more', async () => {
    const run = playedStream()
    const seen: string[] = []
    let leave = () => {}
    let isFirst = true
    leave = run.stream.onStatus(status => {
      seen.push(status.kind)
      // In the call that the connection begins with.
      if (!isFirst) leave()
      isFirst = false
    })
    run.stream.prices([EURUSD], () => {})
    await run.connect()
    expect(seen).toEqual(['connecting', 'connecting'])
  })

  it('given twice is told twice, and leaves once at a time', async () => {
    const run = playedStream()
    const seen: string[] = []
    const hear = (status: { readonly kind: string }) => void seen.push(status.kind)
    const leave = run.stream.onStatus(hear)
    run.stream.onStatus(hear)
    leave()
    run.stream.prices([EURUSD], () => {})
    await run.connect()
    expect(seen.filter(kind => kind === 'live')).toHaveLength(1)
  })

  it('that throws harms nobody: not the one who subscribes, nor a switch of accounts, nor the close', async () => {
    const run = playedStream()
    const seen: string[] = []
    const thrown = await thrownBy(async () => {
      run.stream.onStatus(() => {
        throw new Error('mine')
      })
      run.stream.onStatus(status => seen.push(status.kind))
      run.stream.prices([EURUSD], () => {})
      await run.connect()
      run.stream.switchAccount()
      await run.connect('S2')
      const closed = run.stream.close()
      run.drop()
      await closed
    })
    expect(seen.at(-1)).toBe('closed')
    expect(seen.filter(kind => kind === 'live')).toHaveLength(2)
    expect(thrown.length).toBeGreaterThan(0)
  })

  it('may close everything before there is a connection', async () => {
    const run = playedStream()
    let calls = 0
    run.stream.onStatus(() => {
      calls++
      if (calls === 2) void run.stream.close()
    })
    const quotes = run.stream.prices([EURUSD])
    expect(await quotes.next()).toEqual({ done: true, value: undefined })
    run.clock.advance(60_000)
    expect(run.dials()).toBe(1)
    expect(run.stream.health.status.kind).toBe('closed')
  })
})

describe('a reader', () => {
  it('who throws in the loop has left, and its subscription with it', async () => {
    const run = playedStream()
    const quotes = run.stream.prices([EURUSD])
    await run.connect()
    run.say('SUBOK,1,1,5', SNAPSHOT)
    run.asked()
    const reading = async () => {
      for await (const quote of quotes) throw new Error(`no use for ${quote.epic}`)
    }
    await expect(reading()).rejects.toThrow('no use for')
    expect(run.asked()).toEqual(['delete 1'])
    expect(run.stream.usage.open).toBe(0)
  })

  it('who never reads costs one state of each market, whatever comes', async () => {
    const run = playedStream()
    const asleep = run.stream.prices([EURUSD, OTHER])
    const awake: Quote[] = []
    run.stream.prices([EURUSD], quote => awake.push(quote))
    await run.connect()
    run.say('SUBOK,1,1,5', 'SUBOK,2,1,5', SNAPSHOT, 'U,2,1,1.28501|1.28507|1|DEAL|0')
    for (let round = 0; round < 10_000; round++) run.say(`U,1,1,1.0${8_000 + (round % 1_000)}|^4`)
    expect([asleep.skipped, asleep.dropped, awake.length]).toEqual([10_000, 0, 10_001])
    const seen = [await asleep.next(), await asleep.next()].map(({ value }) => value?.bidUnits)
    expect(seen).toEqual([108_999, 128_501])
  })

  it('of events who sleeps gets the newest, and how many are gone in the place of the others', async () => {
    const run = playedStream()
    const asleep = run.stream.trades()
    await run.connect()
    run.say('SUBOK,1,1,3')
    for (let round = 1; round <= 10_000; round++) run.say(`U,1,1,#|#|${order(`DI${round}`)}`)
    expect(asleep.dropped).toBe(10_001 - 1_024)
    expect((await asleep.next()).value).toMatchObject({
      kind: 'unreadable',
      error: { message: expect.stringContaining('8977 dropped') },
    })
    expect((await asleep.next()).value).toMatchObject({ kind: 'working-order', update: { dealId: 'DI8977' } })
  })

  it('of more markets than a queue of events holds drops none of their states', async () => {
    const run = playedStream()
    run.stream.learnLimit(2_000)
    const epics = Array.from({ length: 1_100 }, (_, index) => epic(`CS.D.MARKET${index}.IP`))
    const asleep = run.stream.prices(epics)
    await run.connect()
    for (let id = 1; id <= epics.length; id++) run.say(`SUBOK,${id},1,5`, `U,${id},1,1.1|1.2|1|DEAL|0`)
    const seen = new Set<string>()
    for (let read = 0; read < epics.length; read++) seen.add((await asleep.next()).value?.epic ?? '')
    expect([seen.size, asleep.dropped]).toEqual([1_100, 0])
  })

  it('may ask for several at once, and is answered in order', async () => {
    const run = playedStream()
    const quotes = run.stream.prices([EURUSD])
    await run.connect()
    const asked = [quotes.next(), quotes.next(), quotes.next()]
    run.say('SUBOK,1,1,5', SNAPSHOT, 'U,1,1,1.08502|^4')
    await quotes.return?.()
    const answers = await Promise.all(asked)
    expect(answers.map(({ value }) => value?.bidUnits)).toEqual([108_501, 108_502, undefined])
  })
})

it('closing while the connection is being made leaves nothing running', async () => {
  const run = playedStream()
  const quotes = run.stream.prices([EURUSD])
  const seen: string[] = []
  run.stream.onStatus(status => seen.push(status.kind))
  await run.stream.close()
  run.clock.advance(60_000)
  expect([run.dials(), seen.at(-1), run.clock.pending]).toEqual([1, 'closed', 0])
  expect(await quotes.next()).toEqual({ done: true, value: undefined })
})
