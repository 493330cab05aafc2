import type { Transaction } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { transactionRows } from '../row-ids.ts'
import { aResult, at } from '../testing/hand-made.ts'
import type { ReadStretch } from './missing-days.ts'
import { isSameHistory } from './same-history.ts'

const DAY_MS = 86_400_000
const DAY = { fromMs: at('00:00:00'), toMs: at('00:00:00') + DAY_MS }
const SETTLED: ReadStretch = { ...DAY, readAtMs: DAY.toMs + 2 * DAY_MS }
const OLD = aResult({ opened: '09:00:00', closed: '09:01:00', from: '1', to: '2', size: '1', amount: '1' })
const NEWER = aResult({ opened: '10:00:00', closed: '10:01:00', from: '1', to: '3', size: '1', amount: '2' })

const broker = (...rows: readonly Transaction[]) => ({
  async *transactions({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
    for (const row of rows) if (row.closedAtMs !== null && row.closedAtMs >= fromMs && row.closedAtMs < toMs) yield row
  },
})

const kept = (readings: readonly ReadStretch[], ...rows: readonly Transaction[]) => ({
  readings: () => readings,
  transactions: ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) =>
    transactionRows(rows).filter(({ closedAtMs }) => closedAtMs !== null && closedAtMs >= fromMs && closedAtMs < toMs),
})

it.each([
  ['nothing was read yet', kept([]), broker(OLD), true],
  ['the newest row is told again', kept([SETTLED], OLD, NEWER), broker(OLD, NEWER), true],
  ['two alike rows are told again', kept([SETTLED], NEWER, NEWER), broker(NEWER, NEWER), true],
  [
    'the newest row is told with another amount',
    kept([SETTLED], NEWER),
    broker({ ...NEWER, size: OLD.size!.times(7) }),
    false,
  ],
  ['the newest row is told no more', kept([SETTLED], OLD, NEWER), broker(OLD), false],
  ['there were no rows, and are none', kept([SETTLED]), broker(), true],
  ['there were no rows, and now there are', kept([SETTLED]), broker(OLD), false],
  ['rows came after the reading', kept([{ ...DAY, readAtMs: at('08:00:00') }]), broker(OLD), true],
])('tells whether it is the same history where %s', async (_what, shelf, history, isSame) => {
  expect(await isSameHistory(history, shelf)).toBe(isSame)
})
