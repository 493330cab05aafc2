import { expect, it } from 'vitest'
import { type Figure, readFigure, readFigures, verdictOf } from './figure.ts'

const read = (line: string) => readFigure('packages/x', line)

it.each<[line: string, what: string, figures: Partial<Figure>]>([
  [
    'O1 order + confirm, p50 / floor: 1.42 (1.30-1.61); goal <= 1.5: met; stretch <= 1.25: not met (the floor differs from itself by up to x1.07)',
    'O1 order + confirm, p50 / floor',
    { median: 1.42, lowest: 1.3, highest: 1.61, goal: 1.5, bound: 'most', noise: 1.07 },
  ],
  [
    'O3 heap bytes an order: 8123 (8123-8123); goal <= 22000: met',
    'O3 heap bytes an order',
    { median: 8123, goal: 22_000 },
  ],
  [
    'first painted frame: 98 (90-105) ms, ratio 1.10 (1.01-1.30) (goal <= 1.2)',
    'first painted frame',
    { median: 1.1, lowest: 1.01, highest: 1.3, goal: 1.2 },
  ],
  [
    "trading screen with the market's name: 1210 (1158-1699) ms, of Ink's 0.90 (0.79-1.98) (goal <= 0.5)",
    "trading screen with the market's name",
    { median: 0.9, goal: 0.5 },
  ],
  [
    'M1 pushed / ws.send: 45.2 (40.0-50.1); goal >= 20: met',
    'M1 pushed / ws.send',
    { bound: 'least', goal: 20, noise: 1 },
  ],
  [
    'p99 / bare decoder: 1.31 (1.10-1.72); goal <= 1.5: met (floor / floor up to x1.23)',
    'p99 / bare decoder',
    { median: 1.31, noise: 1.23 },
  ],
  [
    'way: 60 (58-66) bytes a frame at 30 a second (goal <= 100), 3 % of a core',
    'way: bytes a frame at 30 a second',
    { median: 60, lowest: 58, highest: 66, goal: 100 },
  ],
  [
    'a day of 1,000 trades: 5012 rows, 1000 trades: 120 (110-130) ms, a plain loop 10 (9-11) ms, 12.3 times; goal <= 120: met; 4 MiB of heap',
    'a day of 1,000 trades',
    { median: 12.3, lowest: 12.3, highest: 12.3, goal: 120 },
  ],
  [
    'start: the first takes 412 (400-500) ms; goal < 1000: met',
    'start: the first takes ms',
    { median: 412, goal: 1000 },
  ],
])('reads %s', (line, what, figures) => {
  expect(read(line)).toMatchObject({ what, ...figures })
})

it.each([
  '',
  'node v24.21.0, linux x64',
  'floor: 243 (220-426) us',
  '250000 updates, goal unknown',
  'p50: floor 664 (639-1384) us, scalpdesk NaN (NaN-NaN) us, ratio NaN (NaN-NaN) (goal <= 1.6)',
])('reads no figure in %j', line => {
  expect(read(line)).toBeNull()
})

it('calls a miss by less than equal things differ no miss', () => {
  const figure = read('O1 p50 / floor: 1.55 (1.5-1.6); goal <= 1.5: (the floor differs from itself by up to x1.07)')!
  expect(verdictOf(figure)).toBe('within noise')
  expect(verdictOf({ ...figure, noise: 1 })).toBe('missed')
  expect(verdictOf({ ...figure, median: 1.5 })).toBe('met')
  expect(verdictOf({ ...figure, bound: 'least', median: 1.4, noise: 1 })).toBe('missed')
  expect(verdictOf({ ...figure, goal: 0, median: 0 })).toBe('met')
})

it('takes each figure once, though the summary says it again, and tells apart those of one name', () => {
  const line = 'O1 p50 / floor: 1.4 (1.3-1.6); goal <= 1.5: met'
  const printed = `## orders.ts\n${line}\n## orders.ts --tls\n${line}\n${line}\n## Verdicts\n${line}  [orders.ts]\n`
  expect(readFigures('packages/sdk', printed).map(({ what }) => what)).toEqual([
    'O1 p50 / floor',
    'O1 p50 / floor [orders --tls]',
    'O1 p50 / floor [orders --tls, 2]',
  ])
})
