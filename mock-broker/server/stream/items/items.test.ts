import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { OPEN } from '../../../testing/rest-client.ts'
import { startedBrokers } from '../../../testing/started-brokers.ts'
import { ACCOUNT, openSession, PRICE } from '../../../testing/stream-client.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const { start } = startedBrokers()

const subscribe = (item: string, mode: string, schema: string): string =>
  `LS_op=add&LS_reqId=1&LS_subId=1&LS_mode=${mode}&LS_group=${encodeURIComponent(item)}&LS_schema=${encodeURIComponent(schema)}&LS_snapshot=true&LS_ack=false`

describe('PRICE', () => {
  it('shows five tiers, and a large order deals at the tier of its size', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send(
      'control',
      `LS_reqId=1&LS_subId=1&${PRICE}&LS_schema=ASKPRICE1%20ASKSIZE1%20ASKPRICE2%20ASKSIZE2%20ASKPRICE5%20ASKSIZE5%20BIDPRICE5%20CURRENCY0%20CURRENCY1%20MIDPRICE`,
    )
    expect(await stream.line(/^U/)).toBe('U,1,1,1.08423|100|1.08425|200|1.08431|500|1.08409|USD|#|1.08420')
    await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'large', size: 150 })
    const { body } = await client.get('/confirms/large', 1)
    expect(body).toMatchObject({ dealStatus: 'REJECTED', reason: 'INSUFFICIENT_FUNDS' })
    const rich = await start({ cash: '9000000' })
    await rich.client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'large', size: 150 })
    expect((await rich.client.get('/confirms/large', 1)).body).toMatchObject({ level: 1.08425 })
  })
})

describe('CHART ticks', () => {
  it('begin with the last one as a snapshot, then tell every quote, the same price again too', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', subscribe(`CHART:${EURUSD}:TICK`, 'DISTINCT', 'BID OFR LTP DAY_NET_CHG_MID DAY_OPEN_MID'))
    await stream.line(/^EOS,1,1$/)
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    broker.injectTick(EURUSD, '1.08420', '1.08426')
    await stream.line(/1\.08420/)
    const [snapshot, , ...ticks] = stream.data().slice(2)
    expect(snapshot).toMatch(/^U,1,1,1\.08417\|1\.08423\|#\|/)
    expect(ticks.map(row => row.split('|')[0])).toEqual(['U,1,1,1.08419', 'U,1,1,^5', 'U,1,1,1.08420'])
  })
})

describe('CHART candles', () => {
  it('grow with each tick, and end with the first one after their time', async () => {
    const clock = manualClock(Date.UTC(2026, 0, 5, 9, 0, 30))
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client)
    stream.send(
      'control',
      `${subscribe(`CHART:${EURUSD}:1MINUTE`, 'MERGE', 'BID_OPEN BID_HIGH BID_LOW BID_CLOSE OFR_CLOSE LTP_OPEN CONS_END UTM')}&LS_requested_max_frequency=unfiltered`,
    )
    await stream.line(/^U/)
    broker.injectTick(EURUSD, '1.08450', '1.08456')
    broker.injectTick(EURUSD, '1.08400', '1.08406')
    await stream.line(/1\.08400/)
    clock.advance(30_000)
    broker.injectTick(EURUSD, '1.08410', '1.08416')
    await stream.line(/1\.08410/)
    const rows = stream.data().slice(-4)
    const startMs = Date.UTC(2026, 0, 5, 9, 0)
    expect(rows[0]).toBe('U,1,1,|1.08450||1.08450|1.08456|^3')
    expect(rows[1]).toBe('U,1,1,^2|1.08400|1.08400|1.08406|^3')
    expect(rows[2]).toBe('U,1,1,^6|1|')
    expect(rows[3]).toBe(`U,1,1,1.08410|1.08410|1.08410|1.08410|1.08416||0|${startMs + 60_000}`)
  })

  it.each(['SECOND', '5MINUTE', 'HOUR'])('come by %s as well, joined in their middle', async scale => {
    const clock = manualClock(Date.UTC(2026, 0, 5, 9, 31, 30))
    const { broker, client } = await start({ clock })
    broker.injectTick(EURUSD, '1.08390', '1.08396')
    const { stream } = await openSession(broker, client)
    stream.send('control', subscribe(`CHART:${EURUSD}:${scale}`, 'MERGE', 'BID_CLOSE CONS_END CONS_TICK_COUNT BID_LOW'))
    const [, , , values = ''] = (await stream.line(/^U/)).split(',')
    expect(values).toMatch(/^1\.08390\|0\|\d+\|1\.0/)
  })

  it.each(['2MINUTE', 'DAY', ''])('do not come by %s', async scale => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', subscribe(`CHART:${EURUSD}:${scale}`, 'MERGE', 'BID_CLOSE'))
    await stream.line(/^REQERR,1,21,/)
  })
})

describe('MARKET and L1', () => {
  it.each(['MARKET', 'L1'])('%s shows what it did before it was retired, where it is still served', async kind => {
    const clock = manualClock()
    const { broker, client } = await start({ clock, streaming: { legacyItems: true } })
    const { stream } = await openSession(broker, client)
    const fields = 'BID OFFER CHANGE MARKET_DELAY MARKET_STATE UPDATE_TIME STRIKE_PRICE'
    stream.send('control', subscribe(`${kind}:${EURUSD}`, 'MERGE', fields))
    expect(await stream.line(/^U/)).toMatch(/^U,1,1,1\.08417\|1\.08423\|-?0\.0000\d+\|0\|TRADEABLE\|09:00:00\|#$/)
    broker.faults.closeMarket(EURUSD)
    await stream.line(/CLOSED/)
  })
})

describe('ACCOUNT', () => {
  it('tells the part with limited risk apart', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    await client.send('POST', '/positions/otc', 2, OPEN)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, guaranteedStop: true, stopDistance: 60 })
    const fields =
      'PNL PNL_LR PNL_NLR MARGIN MARGIN_LR MARGIN_NLR DEPOSIT FUNDS EQUITY EQUITY_USED AVAILABLE_CASH AVAILABLE_TO_DEAL'
    stream.send('control', `LS_reqId=1&LS_subId=1&${ACCOUNT}&LS_schema=${encodeURIComponent(fields)}`)
    const row = await stream.line(/^U/)
    expect(row).toBe(
      'U,1,1,-11.12|-5.56|-5.56|6686.08|3343.04|3343.04|6686.08|100000.00|99988.88|6.69|93302.80|93302.80',
    )
    expect(broker.positions()).toHaveLength(2)
  })
})
