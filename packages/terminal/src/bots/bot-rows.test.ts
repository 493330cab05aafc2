import type { BotStatus } from '@scalpdesk/bots/runner'
import { expect, it } from 'vitest'
import { botRows } from './bot-rows.ts'

const running: BotStatus = {
  name: 'mean-reversion',
  phase: { kind: 'running' },
  openCents: -1_234,
  bookedCents: 56_789,
  bookedTodayCents: -2_000,
  maxLossCents: 5_000,
  positions: 2,
  resting: 1,
  orders: 12,
  ticks: 900,
  warming: null,
  waiting: 0,
}
const paused: BotStatus = {
  ...running,
  name: 'trader',
  phase: { kind: 'held', by: 'pause' },
  maxLossCents: null,
  resting: 0,
  orders: 1,
}

it.each([
  [
    120,
    [
      'mean-reversion  running     +567.89 booked    -12.34 open  2 held  12 orders  1 resting  today -32.34, stops at -50.00',
      'trader          PAUSED      +567.89 booked    -12.34 open  2 held  1 order',
    ],
  ],
  [
    80,
    [
      'mean-reversion  running     +567.89 booked    -12.34 open  2 held  12 orders',
      'trader          PAUSED      +567.89 booked    -12.34 open  2 held  1 order',
    ],
  ],
  [
    60,
    [
      'mean-reversion  running    P/L +555.55  2 held  12 orders',
      'trader          PAUSED     P/L +555.55  2 held  1 order',
    ],
  ],
  [30, ['mean-re…  running  ', 'trader    PAUSED   ']],
])('shows at %i columns what matters most, no line longer than that', (columns, rows) => {
  const shown = botRows([running, paused], columns, false)
  expect(shown).toEqual(rows)
  for (const row of shown) expect(row.length).toBeLessThanOrEqual(columns)
})

it('names the keys as they are now', () => {
  const last = (bots: readonly BotStatus[], columns = 60) => botRows(bots, columns, true).at(-1)
  expect(last([running])).toBe('keys: p pause, f flatten the account, q quit')
  expect(last([running, paused])).toBe('keys: p go on, f flatten the account, q quit')
  expect(last([running], 40)).toBe('keys: p pause, f flatten the account')
})
