import { setImmediate as turn } from 'node:timers/promises'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import type { TapeInput, Tick } from '../../engine/index.ts'
import { type Player, type PlayerOptions, startPlayer } from './player.ts'
import type { TickBatch, TickSource } from './tick-source.ts'

const START_MS = Date.UTC(2014, 4, 8, 12, 30)

function tick(afterMs: number): Tick {
  return { kind: 'tick', epic: 'CS.D.EURUSD.CFD.IP', atMs: START_MS + afterMs, bidUnits: 1, offerUnits: 2 }
}

function source(batches: readonly (readonly number[])[], startsAnew: readonly number[] = [0]): TickSource {
  let index = 0
  return {
    async read() {
      const times = batches[index]
      const batch: TickBatch | null = times
        ? {
            inputs: times.map(tick),
            startsAnew: startsAnew.includes(index),
            part: [index / batches.length, (index + 1) / batches.length],
          }
        : null
      index++
      return batch
    },
    close: async () => {},
  }
}

async function play(from: TickSource, changes: Partial<PlayerOptions> = {}) {
  const clock = manualClock()
  const played: (readonly [number, number])[] = []
  let ended = 0
  const player: Player = startPlayer({
    source: from,
    clock,
    speed: 1,
    onInput: ({ atMs }) => played.push([atMs - START_MS, clock.monotonicMs()]),
    onEnd: () => ended++,
    onError: cause => expect.fail(String(cause)),
    ...changes,
  })
  await turn()
  return { clock, player, played, ended: () => ended }
}

it('plays the first tick at once and keeps the distances of the tape', async () => {
  const { clock, played, ended } = await play(source([[0, 400, 400, 1000]]))
  expect(played).toEqual([[0, 0]])
  clock.advance(399)
  expect(played).toHaveLength(1)
  clock.advance(1)
  expect(played.slice(1)).toEqual([
    [400, 400],
    [400, 400],
  ])
  clock.advance(600)
  await waitFor('the end', () => ended() === 1)
  expect(clock.pending).toBe(0)
})

it.each([
  [5, 200],
  [0.5, 2000],
])('plays at speed %d', async (speed, dueMs) => {
  const { clock, played } = await play(source([[0, 1000]]), { speed })
  clock.advance(dueMs - 1)
  expect(played).toHaveLength(1)
  clock.advance(1)
  expect(played[1]).toEqual([1000, dueMs])
})

it('plays as fast as it can without waiting for the clock', async () => {
  const times = Array.from({ length: 2000 }, (_, index) => index * 1000)
  const { clock, played, ended } = await play(source([times, [2_000_000]]), { speed: 'max' })
  await waitFor('the end', () => ended() === 1)
  expect(played).toHaveLength(2001)
  expect(clock.monotonicMs()).toBe(0)
})

it('keeps no pause between two files', async () => {
  const { clock, played } = await play(source([[0], [86_400_000, 86_400_100]], [0, 1]))
  await waitFor('the second file', () => played.length === 2)
  clock.advance(100)
  expect(played.map(([, at]) => at)).toEqual([0, 0, 100])
})

it('stands still while paused and goes on with what was left to wait', async () => {
  const { clock, player, played } = await play(source([[0, 1000]]))
  clock.advance(300)
  player.pause()
  clock.advance(10_000)
  expect(played).toHaveLength(1)
  expect(player.timeMs()).toBe(START_MS + 300)
  player.resume()
  clock.advance(699)
  expect(played).toHaveLength(1)
  clock.advance(1)
  expect(played).toHaveLength(2)
})

it('tells the time on the tape, never ahead of the next tick', async () => {
  const { clock, player } = await play(source([[0, 1000]]), { speed: 2 })
  clock.advance(250)
  expect(player.timeMs()).toBe(START_MS + 500)
})

it('tells how much of its source was played, between batches and within one', async () => {
  const { clock, player } = await play(
    source([
      [0, 1000],
      [2000, 3000],
    ]),
  )
  expect(player.fraction()).toBe(0.25)
  clock.advance(1000)
  await turn()
  expect(player.fraction()).toBe(0.5)
  clock.advance(1000)
  expect(player.fraction()).toBe(0.75)
  await player.stop()
})

it('plays nothing after it was stopped', async () => {
  const { clock, player, played } = await play(source([[0, 1000]]))
  await player.stop()
  clock.advance(5000)
  expect(played).toHaveLength(1)
  expect(clock.pending).toBe(0)
})

it('steps tick by tick while it is paused, and goes on from there', async () => {
  const { player, played, clock } = await play(
    source([
      [0, 1000],
      [5000, 6000],
    ]),
  )
  player.pause()
  await player.step(2)
  expect(played.map(([tapeMs]) => tapeMs)).toEqual([0, 1000, 5000])
  expect(player.timeMs()).toBe(START_MS + 5000)
  player.resume()
  clock.advance(999)
  expect(played).toHaveLength(3)
  clock.advance(1)
  expect(played.at(-1)).toEqual([6000, 1000])
  player.pause()
  await player.step(3)
  expect(played).toHaveLength(4)
  await player.stop()
})

it('changes its speed on the way', async () => {
  const { player, played, clock } = await play(source([[0, 1000, 2000, 3000, 4000]]))
  clock.advance(1500)
  player.setSpeed(10)
  clock.advance(50)
  expect(played.at(-1)).toEqual([2000, 1550])
  player.setSpeed('max')
  await waitFor('the rest', () => played.length === 5)
  await player.stop()
})

describe('while a market is closed', () => {
  const EPIC = 'CS.D.EURUSD.CFD.IP'
  const WEEKEND_MS = 48 * 3_600_000
  const weekend = (startsAnew = true): TickSource => {
    let isRead = false
    const close: TapeInput = { kind: 'market-state', epic: EPIC, atMs: START_MS, state: 'EDITS_ONLY' }
    const open: TapeInput = { kind: 'market-state', epic: EPIC, atMs: START_MS + WEEKEND_MS, state: 'TRADEABLE' }
    return {
      async read() {
        if (isRead) return null
        isRead = true
        return { inputs: [tick(0), close, open, tick(WEEKEND_MS), tick(WEEKEND_MS + 100)], startsAnew, part: [0, 1] }
      },
      close: async () => {},
    }
  }
  const kinds: string[] = []
  const watched = (changes: Partial<PlayerOptions> = {}) => {
    kinds.length = 0
    return play(weekend(), {
      onInput: input => kinds.push(input.kind === 'market-state' ? input.state : input.kind),
      ...changes,
    })
  }

  it('waits ten seconds of the tape instead of the whole time, and goes on with the distances of the tape', async () => {
    const { clock, player } = await watched({ speed: 10 })
    expect(kinds).toEqual(['tick', 'EDITS_ONLY'])
    expect(player.timeMs()).toBe(START_MS + WEEKEND_MS - 10_000)
    clock.advance(999)
    expect(kinds).toHaveLength(2)
    clock.advance(1)
    expect(kinds).toEqual(['tick', 'EDITS_ONLY', 'TRADEABLE', 'tick'])
    clock.advance(10)
    expect(kinds).toHaveLength(5)
  })

  it('does not wait at all at full speed', async () => {
    const { clock, ended } = await watched({ speed: 'max' })
    await waitFor('the end', () => ended() === 1)
    expect(kinds).toEqual(['tick', 'EDITS_ONLY', 'TRADEABLE', 'tick', 'tick'])
    expect(clock.monotonicMs()).toBe(0)
  })

  it('steps over the time between in one step', async () => {
    const { player } = await watched()
    player.pause()
    await player.step(1)
    expect(kinds).toEqual(['tick', 'EDITS_ONLY', 'TRADEABLE', 'tick'])
    await player.stop()
  })

  it('steps onto the last quote before it together with the close that follows', async () => {
    const before = source([[-1000]])
    const after = weekend(false)
    const both = { ...before, read: async () => (await before.read()) ?? (await after.read()) }
    const { player } = await watched({ source: both })
    player.pause()
    await player.step(1)
    expect(kinds).toEqual(['tick', 'tick', 'EDITS_ONLY'])
    await player.stop()
  })

  it('stands still while it is paused, with as much left to wait', async () => {
    const { clock, player } = await watched()
    clock.advance(4_000)
    player.pause()
    clock.advance(60_000)
    player.resume()
    clock.advance(5_999)
    expect(kinds).toHaveLength(2)
    clock.advance(1)
    expect(kinds).toHaveLength(4)
  })
})
