import { expect, it } from 'vitest'
import { chunk } from './chunk.ts'
import { type SessionLog, sessionLog } from './session-log.ts'

const linesFrom = (log: SessionLog, index: number): readonly string[] | null =>
  log.from(index)?.flatMap(({ text }) => text.split('\r\n').slice(0, -1)) ?? null

it('gives back the lines from a number on', () => {
  const log = sessionLog()
  for (const line of ['a', 'b', 'c']) log.append(chunk([line]))
  expect([linesFrom(log, 0), linesFrom(log, 2), linesFrom(log, 3), log.next()]).toEqual([['a', 'b', 'c'], ['c'], [], 3])
})

it('refuses a number that is ahead of it', () => {
  expect(linesFrom(sessionLog(), 1)).toBeNull()
})

it('forgets old lines but never the last so many', () => {
  const log = sessionLog(10)
  for (let index = 0; index < 1000; index++) log.append(chunk([String(index)]))
  expect(log.next()).toBe(1000)
  expect(linesFrom(log, 0)).toBeNull()
  expect(linesFrom(log, 990)).toEqual(Array.from({ length: 10 }, (_, index) => String(990 + index)))
})

it('gives the rest of lines that were sent together', () => {
  const log = sessionLog()
  log.append(chunk(['a', 'b', 'c']))
  log.append(chunk(['d', 'e']))
  expect([linesFrom(log, 1), linesFrom(log, 3), linesFrom(log, 4)]).toEqual([['b', 'c', 'd', 'e'], ['d', 'e'], ['e']])
})

it('forgets on request', () => {
  const log = sessionLog()
  log.append(chunk(['a', 'b']))
  log.forget(2)
  expect([log.from(1), log.from(2), log.next()]).toEqual([null, [], 2])
})
