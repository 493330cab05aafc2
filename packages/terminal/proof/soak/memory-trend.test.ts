import { seededRandom } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { memoryVerdict, trendOf, WARM_DAYS, warmTrend } from './memory-trend.ts'

/** MiB after each day of a real run of the soak, of its second and third week. */
const REAL = [43, 42.1, 42.5, 42.9, 42.9, 43.6, 43.1, 43.4, 43.9, 44.3, 44.7, 43.4, 43.9]
const MOST = 0.5

describe('the trend of what is held', () => {
  it('is the median slope, between the bounds of Sen’s estimator: a day out of line does not move it', () => {
    expect(trendOf([10, 11, 12, 13, 14, 15, 16])).toEqual({ perDay: 1, atLeast: 1, atMost: 1 })
    expect(trendOf([10, 11, 12, 40, 14, 15, 16])).toMatchObject({ perDay: 1 })
    expect(trendOf([5, 5, 5, 5, 5, 5, 5])).toEqual({ perDay: 0, atLeast: 0, atMost: 0 })
  })

  it('is told only where enough days follow those in which all grows warm', () => {
    expect(warmTrend(REAL)).toBeNull()
    const warming = Array.from({ length: WARM_DAYS }, (_, day) => 20 + 4 * day)
    expect(warmTrend([...warming, ...REAL])).toEqual(trendOf(REAL))
  })

  it('calls a real run flat, whose broker keeps its books', () => {
    expect(memoryVerdict(trendOf(REAL), MOST)).toBe('flat')
  })

  it.each([0.75, 1, 10])('finds a leak of %d MiB a day in the noise of a real run', leak => {
    const leaking = REAL.map((held, day) => held + day * leak)
    expect(memoryVerdict(trendOf(leaking), MOST)).toBe('grows')
  })

  it('does not call flat what the noise hides', () => {
    const random = seededRandom(5)
    const noisy = Array.from({ length: 10 }, () => 40 + 20 * random.next())
    expect(memoryVerdict(trendOf(noisy), MOST)).toBe('unclear')
  })
})
