import { expect, it } from 'vitest'
import { epic } from '../ids.ts'
import { playedStream } from '../testing/played-stream.ts'

const epics = (count: number) => Array.from({ length: count }, (_, index) => epic(`CS.D.MARKET${index}.IP`))
const ignore = () => {}

it('all of what is asked for, or nothing: the error names what is open, and what to do', () => {
  const { stream } = playedStream()
  stream.learnLimit(5)
  stream.trades(ignore)
  const prices = stream.prices(epics(3), ignore)
  expect(() => stream.prices(epics(5), ignore)).toThrow(
    'expected room for PRICE CS.D.MARKET3.IP, PRICE CS.D.MARKET4.IP, but 4 of 5 subscriptions are open; close one of TRADE, PRICE CS.D.MARKET0.IP, PRICE CS.D.MARKET1.IP, PRICE CS.D.MARKET2.IP',
  )
  expect(stream.usage).toEqual({ open: 4, limit: 5 })
  expect(() => stream.prices(epics(5))).toThrow(
    expect.objectContaining({ name: 'StreamLimitError', code: 'stream-limit', limit: 5, request: null }),
  )
  prices.close()
  stream.prices([...epics(4), ...epics(4)], ignore)
  expect(stream.usage.open).toBe(5)
  expect(() => stream.heartbeat()).toThrow('HEARTBEAT')
})

it('is 40 unless IG says otherwise; what is shared counts once, what differs in its fields twice', () => {
  const { stream } = playedStream()
  const markets = epics(40)
  stream.prices(markets, ignore)
  stream.prices(markets)
  expect(stream.usage).toEqual({ open: 40, limit: 40 })
  const [first] = markets
  if (first === undefined) throw new Error('expected a market')
  expect(() => stream.prices([first], ignore, { depth: 1 })).toThrow('40 of 40')
  expect(() => stream.chartTicks(first)).toThrow('CHART CS.D.MARKET0.IP TICK')
})

it('a refused subscription takes no room', async () => {
  const run = playedStream()
  run.stream.learnLimit(1)
  run.stream.prices(epics(1), ignore)
  await run.connect()
  run.say('REQERR,1,-1,no')
  run.stream.heartbeat(ignore)
  expect(run.stream.usage.open).toBe(1)
  expect(() => run.stream.prices(epics(1), ignore)).toThrow('1 of 1')
})

it('what cannot be begun, because the address of the streams is none, takes no room', () => {
  const run = playedStream()
  run.place.server = 'https://['
  for (let attempt = 0; attempt < 3; attempt++) expect(() => run.stream.prices(epics(2), ignore)).toThrow()
  expect(run.stream.usage.open).toBe(0)
  run.place.server = 'https://push.example.com'
  run.stream.prices(epics(2), ignore)
  expect(run.stream.usage.open).toBe(2)
})
