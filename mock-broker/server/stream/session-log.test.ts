import { expect, it } from 'vitest'
import { sessionLog } from './session-log.ts'

it('gives back the lines from a number on', () => {
  const log = sessionLog()
  for (const line of ['a', 'b', 'c']) log.append(line)
  expect([log.from(0), log.from(2), log.from(3), log.next()]).toEqual([['a', 'b', 'c'], ['c'], [], 3])
})

it('refuses a number that is ahead of it', () => {
  expect(sessionLog().from(1)).toBeNull()
})

it('forgets old lines but never the last so many', () => {
  const log = sessionLog(10)
  for (let index = 0; index < 1000; index++) log.append(String(index))
  expect(log.next()).toBe(1000)
  expect(log.from(0)).toBeNull()
  expect(log.from(990)).toEqual(Array.from({ length: 10 }, (_, index) => String(990 + index)))
})
