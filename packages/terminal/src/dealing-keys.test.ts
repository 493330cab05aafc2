import { startMockBroker } from '@scalpdesk/mock-broker'
import { Decimal, dealReference, epic } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { DAX, type DeskOnBroker, deskOnBroker, EURUSD, otherHands, seenBy } from './testing/desk-on-broker.ts'
import { type DeskOptions, openDesk } from './testing/running-desk.ts'

/** What each key does to an account, on the real program; orders are counted where they arrive. */

const open = closedAfterEach()

const started = (options?: DeskOptions): Promise<DeskOnBroker> => deskOnBroker({ open }, options)

/** Bought, and shown by the broker's list: what is changed next is known. */
async function bought(options?: DeskOptions): Promise<DeskOnBroker> {
  const on = await started(options)
  on.desk.type('b')
  await on.desk.waitForScreen(/FILLED: BOUGHT/)
  await on.seen('1.10006 ')
  return on
}

const OPEN = 'POST /positions/otc'
const CLOSE = 'DELETE /positions/otc'
const AMEND = 'PUT /positions/otc/…'
const PLACE = 'POST /workingorders/otc'
const CANCEL = 'DELETE /workingorders/otc/…'

describe('entries', () => {
  it('v closes what is held and enters once the other way', async () => {
    const { desk, broker, dealt } = await bought()
    desk.type('v')
    await desk.waitForScreen('FILLED: SOLD')
    expect(dealt()).toEqual([OPEN, CLOSE, OPEN])
    expect(broker.positions().map(({ position }) => position.direction)).toEqual(['SELL'])
  })

  it('j rests a buy at the bid, k a sell at the offer, with the stop of the preset', async () => {
    const { desk, broker, dealt, price } = await started()
    await price('1.10000', '1.10030')
    desk.type('j')
    await waitFor('an order at the broker', () => broker.workingOrders().length === 1)
    await desk.waitForScreen('1 working order')
    desk.type('k')
    await waitFor('a second order at the broker', () => broker.workingOrders().length === 2)
    expect(dealt()).toEqual([PLACE, PLACE])
    const orders = broker.workingOrders().map(({ workingOrderData: order }) => `${order.direction} ${order.orderLevel}`)
    expect(orders).toEqual(['BUY 1.1', 'SELL 1.1003'])
  })

  it('j and k work as they are on a market of the sandbox whose spread is wide', async () => {
    const broker = await startMockBroker({ seed: 7 })
    open.push(broker)
    // Else the price may run through the order while it is on its way.
    broker.pause()
    const desk = openDesk({
      args: ['--epic', 'CS.D.BITCOIN.CFD.IP', '--size', '0.1'],
      env: { SCALPDESK_URL: broker.url },
    })
    open.push(desk)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    broker.injectTick('CS.D.BITCOIN.CFD.IP', '61700.00', '61741.37')
    await seenBy(desk, '61741.37')
    desk.type('j')
    await desk.waitForScreen(/RESTING: order to BUY 0\.1 at 61700/)
    desk.type('k')
    await desk.waitForScreen(/RESTING: order to SELL 0\.1 at 61741\.37/)
  })

  it('a size key chooses what the next entry is, and p the next preset', async () => {
    const stop = { points: 12, kind: 'normal' }
    const { desk, dealt, lastBody } = await started({
      settings: {
        version: 1,
        markets: [
          {
            epic: EURUSD,
            presets: [
              { name: 'scalp', sizes: { 1: 1, 2: 2.5 }, sizeKey: 1, stop },
              { name: 'wide', sizes: { 1: 3 }, sizeKey: 1, stop: { points: 40, kind: 'normal' } },
            ],
          },
        ],
      },
    })
    desk.type('2')
    await desk.waitForScreen('SIZE 2: 2.5')
    desk.type('b')
    await desk.waitForScreen('FILLED: BOUGHT 2.5')
    expect(lastBody()).toMatchObject({ size: 2.5, stopDistance: 12 })
    desk.type('7')
    await desk.waitForScreen('DENIED preset scalp')
    desk.type('p')
    await desk.waitForScreen('PRESET wide: size 3')
    desk.type('s')
    await desk.waitForScreen('FILLED: SOLD 3')
    expect(lastBody()).toMatchObject({ size: 3, stopDistance: 40 })
    expect(dealt()).toEqual([OPEN, OPEN])
  })
})

describe('exits', () => {
  it('h closes half of the marked position, g a quarter of what is left, c the rest', async () => {
    const { desk, broker, dealt, seen } = await started({ args: ['--size', '8'] })
    desk.type('b')
    await seen('FILLED: BOUGHT 8')
    desk.type('h')
    await seen('CLOSED: BUY 4 of 8')
    desk.type('g')
    await seen('CLOSED: BUY 1 of 4')
    expect(broker.positions().map(({ position }) => position.size)).toEqual([3])
    desk.type('c')
    await desk.waitForScreen('CLOSED: BUY 3 ')
    expect(dealt()).toEqual([OPEN, CLOSE, CLOSE, CLOSE])
    expect(broker.positions()).toHaveLength(0)
  })

  it('with nothing there each key says so, and sends nothing', async () => {
    const { desk, dealt } = await started()
    for (const [key, words] of [
      ['c', 'no position to close'],
      ['h', 'no position to halve'],
      ['g', 'no position to close a quarter of'],
      ['x', 'no working order to cancel'],
      ['X', 'no working order to cancel in EUR/USD'],
      ['e', 'no position to set to breakeven'],
      ['u', 'no position to move the stop of'],
      ['t', 'no position to tighten the stop of'],
      ['r', 'no position to trail the stop of'],
      ['l', 'no position to remove the limit of'],
      ['o', 'nothing to take over'],
      ['Y', 'nothing to accept: no order is unknown'],
    ] as const) {
      desk.type(key)
      // None of these words was on the screen before.
      await desk.waitForScreen(words)
    }
    expect(dealt()).toEqual([])
  })

  it('page up and page down move the mark, and c closes the marked one', async () => {
    const { desk, broker, seen } = await bought()
    desk.type('s')
    await seen('FILLED: SOLD')
    desk.type('\x1b[5~')
    await seen('MARKED BUY 1')
    desk.type('c')
    await desk.waitForScreen('CLOSED: BUY 1')
    expect(broker.positions().map(({ position }) => position.direction)).toEqual(['SELL'])
  })

  it('a key for the marked position, in the same read as the key that moves the mark, is refused', async () => {
    const { desk, dealt, seen } = await bought()
    desk.type('s')
    await seen('FILLED: SOLD')
    const before = dealt()
    desk.type('\x1b[5~c')
    await desk.waitForScreen('NOT DONE: what is marked changed')
    expect(dealt()).toEqual(before)
  })

  it('x cancels the marked working order, X all of the market', async () => {
    const { desk, broker, dealt, price, seen } = await started()
    await price('1.10000', '1.10030')
    desk.type('j')
    await seen('RESTING: order to BUY')
    desk.type('x')
    await waitFor('no order at the broker', () => broker.workingOrders().length === 0)
    await seen('FLAT')
    desk.type('k')
    await seen('RESTING: order to SELL')
    desk.type('j')
    await seen('RESTING: order to BUY')
    await seen('2 working orders')
    desk.type('X')
    await waitFor('no order at the broker', () => broker.workingOrders().length === 0)
    expect(dealt()).toEqual([PLACE, CANCEL, PLACE, PLACE, CANCEL, CANCEL])
  })

  it('f closes this market and leaves the other alone', async () => {
    const { desk, broker, seen } = await bought({ args: ['--epic', EURUSD, '--epic', DAX] })
    desk.type('\t')
    await seen('MARKET Germany 40')
    broker.injectTick(DAX, '18500.0', '18501.2')
    await seen('18501.2')
    desk.type('s')
    await desk.waitForScreen('FILLED: SOLD 1 Germany 40')
    desk.type('f')
    await desk.waitForScreen(/FLAT in Germany 40|FLAT.*Germany 40/)
    expect(broker.positions().map(({ market }) => market.epic)).toEqual([EURUSD])
  })
})

describe('stop and limit', () => {
  const withLimit: DeskOptions = { args: ['--stop', '20', '--limit', '30'] }

  it('u and d move the stop by a tenth of the preset’s, U and D the limit, and l takes the limit away', async () => {
    const { desk, dealt, lastBody } = await bought(withLimit)
    desk.type('u')
    await desk.waitForScreen(/CHANGED|1\.09826/)
    await waitFor('the stop at the broker', () => lastBody().stopLevel === 1.09826)
    await desk.waitForScreen('1.09826')
    desk.type('U')
    await waitFor('the limit at the broker', () => lastBody().limitLevel === 1.10326)
    await desk.waitForScreen('1.10326')
    desk.type('D')
    await waitFor('the limit at the broker', () => lastBody().limitLevel === 1.10306)
    await desk.waitForScreen('1.10306')
    desk.type('l')
    await waitFor('no limit at the broker', () => lastBody().limitLevel === null)
    expect(dealt()).toEqual([OPEN, AMEND, AMEND, AMEND, AMEND])
  })

  it('d moves the stop away only as far as the guard lets it, and t brings it nearer', async () => {
    const { desk, dealt, lastBody } = await bought(withLimit)
    desk.type('t')
    await waitFor('the stop at the broker', () => lastBody().stopLevel === 1.09826)
    await desk.waitForScreen('1.09826')
    desk.type('d')
    await waitFor('the stop at the broker', () => lastBody().stopLevel === 1.09806)
    expect(dealt()).toEqual([OPEN, AMEND, AMEND])
  })

  it('e sets the stop to where it was opened, once the price is past that', async () => {
    const { desk, price, lastBody, dealt, seen } = await bought({ kitty: true })
    const press = '\x1b[101u\x1b[101;1:3u'
    desk.type(press)
    await seen('NOT CHANGED: the price has not passed')
    await price('1.10030', '1.10036')
    desk.type(press)
    await desk.waitForScreen('AMENDED: stop 1.10006')
    await waitFor('the stop at the broker', () => lastBody().stopLevel === 1.10006)
    expect(dealt()).toEqual([OPEN, AMEND])
  })

  it('r lets the stop follow the price at its present distance, and stops it again', async () => {
    const on = await started({ kitty: true })
    const ig = await otherHands(on, { open })
    await ig.accounts.setPreferences({ trailingStopsEnabled: true })
    const { desk, lastBody, seen } = on
    desk.type('\x1b[98u\x1b[98;1:3u')
    await seen('FILLED: BOUGHT')
    const press = '\x1b[114u\x1b[114;1:3u'
    desk.type(press)
    await waitFor('a trailing stop at the broker', () => lastBody().trailingStop === true)
    // From the bid of 1.10000 to the stop at 1.09856; its step is a tenth of the preset's stop.
    expect(lastBody()).toMatchObject({ trailingStopDistance: 14.4, trailingStopIncrement: 1.5 })
    await seen(/AMENDED: stop 1\.09856, trailing/)
    desk.type(press)
    await waitFor('a stop that stays', () => lastBody().trailingStop === false)
    expect(lastBody()).toMatchObject({ stopLevel: 1.09856 })
  })
})

describe('what is not ours', () => {
  it('has a result also in a market that is not traded here', async () => {
    const on = await started()
    const ig = await otherHands(on, { open })
    on.broker.injectTick(DAX, '18500.0', '18501.2')
    const market = await ig.markets.get(epic(DAX))
    await ig.positions.open({
      market,
      direction: 'BUY',
      size: new Decimal(1),
      reference: dealReference('ELSEWHERE-2'),
    })
    await on.desk.waitForScreen(/BUY\s+1 .*-\d+\.\d\d EUR.*Germany 40/)
  })

  it('o takes over a position that was opened elsewhere', async () => {
    const on = await started()
    const ig = await otherHands(on, { open })
    const market = await ig.markets.get(epic(EURUSD))
    await ig.positions.open({ market, direction: 'BUY', size: new Decimal(2), reference: dealReference('ELSEWHERE-1') })
    await on.seen(/BUY\s+2 .*EUR\/USD/)
    on.desk.type('o')
    await on.desk.waitForScreen('ADOPTED: BUY 2')
  })
})
