import { expect, it } from 'vitest'
import {
  type BotDeal,
  type BotIntent,
  buy,
  close,
  defineStrategy,
  flatten,
  moveStop,
  sell,
  type View,
} from '../index.ts'
import { madeTicks } from '../testing/made-ticks.ts'
import { backtest } from './backtest.ts'

type Step = (view: View) => BotIntent | readonly BotIntent[] | null

/** A tick a second at 1.08410 / 1.08416 unless told; what is held and rests after the last, and what was heard. */
async function after(steps: readonly Step[], bids: Readonly<Record<number, number>> = {}) {
  const heard: BotDeal[] = []
  const said: string[] = []
  let seen = 0
  let last: unknown = null
  const strategy = defineStrategy({
    name: 'steps',
    exitPolicy: 'leave-with-stops',
    decide(view) {
      const { positions, orders, isBusy } = view
      const held = positions.map(({ direction, size, stopUnits, limitUnits, isTrailing, isGuaranteed }) => {
        const kind = [isTrailing ? 'trailing' : '', isGuaranteed ? 'guaranteed' : ''].join('')
        return `${direction} ${size} ${stopUnits ?? '–'} ${limitUnits ?? '–'} ${kind}`.trim()
      })
      const resting = orders.map(({ direction, order, size, level }) => `${direction} ${order} ${size} ${level}`)
      last = [...held, ...resting, ...(isBusy ? ['busy'] : [])]
      return steps[seen++]?.(view)
    },
    onDeal(_view, deal) {
      heard.push(deal)
      return null
    },
  })
  const ticks = Array.from({ length: steps.length + 8 }, (_, at) => {
    const bid = bids[at] ?? 108_410
    return [at * 1_000, bid, bid + 6] as const
  })
  await backtest({ strategy, feed: madeTicks(ticks), onSay: text => void said.push(text) })
  return { left: last, heard: heard.map(deal => ('code' in deal ? `denied ${deal.code}` : deal.kind)), said }
}

const id = (view: View): string => view.position?.dealId ?? 'NONE'
const nothing: Step = () => null
const long: Step = () => buy(2, { stop: 20, limitPoints: 30 })

it.each<readonly [string, readonly Step[], readonly string[]]>([
  ['buy with its legs', [long], ['BUY 2 108216 108716']],
  [
    'sell with a guaranteed stop',
    [() => sell(1, { stop: { points: 20, isGuaranteed: true } })],
    ['SELL 1 108610 – guaranteed'],
  ],
  ['buy with a stop that trails', [() => buy(1, { stop: { points: 20, stepPoints: 2 } })], ['BUY 1 108216 – trailing']],
  ['close', [long, view => close(id(view))], []],
  ['close-part', [long, view => ({ kind: 'close-part', dealId: id(view), part: 'half' })], ['BUY 1 108216 108716']],
  [
    'close-part of a size',
    [long, view => ({ kind: 'close-part', dealId: id(view), part: '0.5' })],
    ['BUY 1.5 108216 108716'],
  ],
  ['flatten', [long, () => sell(1), () => flatten()], []],
  ['flatten the account', [long, () => ({ kind: 'flatten', isAccount: true })], []],
  ['reverse', [long, () => ({ kind: 'reverse' })], ['SELL 2 – –']],
  [
    'reverse two, with legs',
    [() => buy('0.5'), () => buy(1), () => ({ kind: 'reverse', stop: 20 })],
    ['SELL 1.5 108610 –'],
  ],
  ['move-stop to a level', [long, view => moveStop(id(view), { level: 1.083 })], ['BUY 2 108300 108716']],
  ['move-stop to points', [long, view => moveStop(id(view), { points: 10 })], ['BUY 2 108316 108716']],
  ['move-stop nearer', [long, view => moveStop(id(view), { nearerByPoints: 5 })], ['BUY 2 108266 108716']],
  ['move-limit', [long, () => ({ kind: 'move-limit', to: { points: 10 } })], ['BUY 2 108216 108516']],
  ['move-limit to none', [long, () => ({ kind: 'move-limit', to: 'none' })], ['BUY 2 108216 –']],
  [
    'trail',
    [long, () => ({ kind: 'trail', trailing: { points: 15, stepPoints: 1 } })],
    ['BUY 2 108260 108716 trailing'],
  ],
  ['place-buy', [() => ({ kind: 'place-buy', order: 'limit', size: 1, level: '1.08200' })], ['BUY limit 1 1.082']],
  [
    'cancel',
    [
      () => ({ kind: 'place-sell', order: 'stop', size: 1, level: '1.08200', stopPoints: 10 }),
      () => ({ kind: 'cancel' }),
    ],
    [],
  ],
])('does as told: %s', async (_what, steps, left) => {
  expect((await after(steps)).left).toEqual(left)
})

it('moves the stop to the entry once the price has passed it', async () => {
  const rise = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [at + 1, 108_500]))
  expect((await after([long, view => moveStop(id(view), 'entry')], rise)).left).toEqual(['BUY 2 108416 108716'])
})

it('fills a working order when its level comes, and tells of it', async () => {
  const { left, heard } = await after(
    [() => ({ kind: 'place-buy', order: 'limit', size: 1, level: '1.08200', stopPoints: 10 })],
    { 4: 108_190 },
  )
  expect(left).toEqual(['BUY 1 108096 –'])
  expect(heard).toEqual(['order-placed', 'order-gone', 'opened'])
})

it('follows the price with a stop that trails, and tells of each step', async () => {
  const { left, heard } = await after([() => buy(1, { stop: { points: 20, stepPoints: 2 } })], {
    3: 108_450,
    4: 108_470,
  })
  expect(left).toEqual(['BUY 1 108256 – trailing'])
  expect(heard).toEqual(['opened', 'changed', 'changed'])
})

it('tells what is wrong with what cannot be, and changes nothing', async () => {
  const steps: readonly Step[] = [
    () => buy('two'),
    () => ({ kind: 'buy', size: 1, stop: { points: -3, stepPoints: 1 } }),
    // As a file without checked types may have it.
    () => ({ kind: 'hold' }) as never,
    () => close('NOT-HELD'),
    nothing,
  ]
  const { left, heard } = await after(steps)
  expect(left).toEqual([])
  expect(heard).toEqual(['denied nonsense', 'denied nonsense', 'denied nonsense'])
})

it('says what it wants to have said, and stops when it says so', async () => {
  const { left, said } = await after([
    long,
    () => [
      { kind: 'say', text: 'enough' },
      { kind: 'stop', why: 'enough' },
    ],
    () => buy(1),
  ])
  expect(said).toEqual(['enough'])
  expect(left).toEqual(['BUY 2 108216 108716'])
})
