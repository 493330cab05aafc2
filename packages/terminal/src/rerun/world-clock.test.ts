import { describe, expect, it } from 'vitest'
import { worldClock } from './world-clock.ts'

const clockAt = (startMs = 1_000_000) => worldClock({ startMs, isReading: () => false })

describe('the clock of a session that can be run again', () => {
  it('stands still until it is told to go on, at each timer in its time and order', async () => {
    const clock = clockAt()
    const seen: string[] = []
    const see = (name: string) => () => void seen.push(`${name} at ${clock.monotonicMs()}`)
    clock.at(20, see('late'))
    clock.at(10, see('first'))
    clock.at(10, see('second'))
    clock.at(10.5, see('between'))
    clock.at(15, see('never')).cancel()
    await clock.runTo(12)
    expect(seen).toEqual(['first at 10', 'second at 10', 'between at 10.5'])
    expect([clock.monotonicMs(), clock.nowMs(), clock.nextDueMs]).toEqual([12, 1_000_012, 20])
  })

  it('goes on to the next timer, however far away', async () => {
    const clock = clockAt()
    clock.at(86_400_000, () => {})
    await clock.runNext()
    expect(clock.monotonicMs()).toBe(86_400_000)
  })

  it('waits at a timer until all that follows from it is done', async () => {
    const clock = clockAt()
    const seen: number[] = []
    clock.at(10, () => {
      clock.noteActivity()
      setImmediate(() => {
        clock.noteActivity()
        setImmediate(() => void Promise.resolve().then(() => seen.push(clock.monotonicMs())))
      })
    })
    clock.at(11, () => void seen.push(clock.monotonicMs()))
    await clock.runTo(100)
    expect(seen).toEqual([10, 11])
  })

  it('waits while a file is being read', async () => {
    let turns = 0
    const clock = worldClock({ startMs: 0, isReading: () => turns++ < 5 })
    await clock.settle()
    expect(turns).toBeGreaterThan(5)
  })

  it('fires what is due already at the time that it is', async () => {
    const clock = clockAt()
    await clock.runTo(50)
    const seen: number[] = []
    clock.at(10, () => void seen.push(clock.monotonicMs()))
    await clock.runTo(50)
    expect(seen).toEqual([50])
  })
})
