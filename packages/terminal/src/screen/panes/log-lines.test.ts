import { expect, it } from 'vitest'
import { saidAll } from '../test/said.ts'
import { logLines } from './log-lines.ts'

const LOG = ['12:30:02 SENT BUY 1 EUR/USD', '12:30:04 DENIED SELL: the price is 10.1 s old, at most 10 s are allowed']

it('shows the newest lines whole, each beside its time', () => {
  expect(saidAll(logLines(LOG, { width: 40, height: 4 }))).toEqual([
    ' 12:30:02 SENT BUY 1 EUR/USD',
    ' 12:30:04 DENIED SELL: the price is 10.1',
    '          s old, at most 10 s are',
    '          allowed',
  ])
})

it('keeps the end of what has no room: the last row is the newest', () => {
  expect(saidAll(logLines(LOG, { width: 40, height: 2 }))).toEqual([
    '          s old, at most 10 s are',
    '          allowed',
  ])
  expect(saidAll(logLines(LOG, { width: 80, height: 1 }))).toEqual([` ${LOG[1]}`])
  expect(logLines([], { width: 40, height: 3 })).toEqual([])
})

it('never takes more than its width', () => {
  for (let width = 14; width < 90; width++)
    for (const line of saidAll(logLines(LOG, { width, height: 9 }))) expect(line.length).toBeLessThanOrEqual(width)
})
