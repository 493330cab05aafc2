import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import { type History, historyOver } from '../resources/history.ts'
import type { Rest } from '../rest/rest.ts'
import { type FakeIgHistory, fakeIgHistory, type HistoryHabits } from './testing/fake-ig-history.ts'

const START_MS = Date.UTC(2024, 5, 14, 12)
const MINUTES = Array.from({ length: 30 }, (_, minute) => ({ ms: START_MS + minute * 60_000, label: `row ${minute}` }))
const PAGED: HistoryHabits = { largestPage: 10 }

/** @param during runs while IG works on the read with this number; the first is 1. */
function setUp(during: (read: number, actOn: (accountId: string) => void) => void = () => {}) {
  const fake = fakeIgHistory(MINUTES, PAGED)
  let accountId = 'A'
  const actOn = (id: string): void => {
    accountId = id
  }
  const rest: Rest = {
    ...fake,
    async read(call, options) {
      const answer = await fake.read(call, options)
      during(fake.asked.length, actOn)
      return answer
    },
  }
  const ports = { zone: () => 'Europe/London', clock: manualClock(Date.UTC(2024, 6, 1)), accountId: () => accountId }
  return { fake, history: historyOver(rest, ports), actOn }
}

const LISTS: readonly [string, (history: History) => AsyncIterable<unknown>][] = [
  ['activity', history => history.activity({ fromMs: START_MS, pageSize: 10 })],
  ['activity of a day', history => history.activityOn('2024-06-14', { pageSize: 10 })],
  ['transactions', history => history.transactions({ fromMs: START_MS })],
  ['transactions of a day', history => history.transactionsOn('2024-06-14')],
]

describe.each(LISTS)('%s, when another account is acted on', (_name, list) => {
  it('gives out the page that was read, and asks for no other', async () => {
    const { fake, history, actOn } = setUp()
    const { rows, error } = await read(list(history), () => actOn('B'))
    expect(rows).toBe(10)
    expectSwitched(error, fake, 1)
  })

  it('gives out nothing of a page that came meanwhile', async () => {
    const { fake, history } = setUp((number, actOn) => number === 2 && actOn('B'))
    const { rows, error } = await read(list(history))
    expect(rows).toBe(10)
    expectSwitched(error, fake, 2)
  })

  it('is of the account that is acted on when the loop begins', async () => {
    const { history, actOn } = setUp()
    const rows = list(history)
    actOn('B')
    expect(await read(rows)).toEqual({ rows: 30, error: null })
  })
})

it('activity of version 2, which is gathered first, is not mixed either', async () => {
  const { history } = setUp((_number, actOn) => actOn('B'))
  const reading = history.activityPaged({ fromMs: START_MS, toMs: START_MS + 3_600_000 })
  await expect(reading).rejects.toMatchObject({ code: 'account-switched' })
})

it('a list that ends with the page in hand is whole', async () => {
  const { history, actOn } = setUp()
  expect(await read(history.activity({ fromMs: START_MS }), () => actOn('B'))).toEqual({ rows: 30, error: null })
})

async function read(list: AsyncIterable<unknown>, onFirst: () => void = () => {}) {
  let rows = 0
  try {
    for await (const _row of list) {
      rows += 1
      if (rows === 1) onFirst()
    }
  } catch (error) {
    return { rows, error }
  }
  return { rows, error: null }
}

function expectSwitched(error: unknown, fake: FakeIgHistory, asked: number): void {
  expect(error).toBeInstanceOf(ProtocolError)
  expect(error).toMatchObject({ code: 'account-switched', request: { method: 'GET' } })
  expect(String(error)).toMatch(/expected .*account A.*, but .*B.*; /)
  expect(fake.asked).toHaveLength(asked)
}
