import type { Market } from '../../engine/index.ts'

/**
 * A price for every minute of the past that a seed decides: waves of noise from a minute to years long, each about as high as
 * the square root of its length, as prices wander. Asked for minutes in order it costs a few additions for each.
 */
export interface PricePath {
  /** Change against the anchor, as a factor around 1. */
  factorAt(minute: number): number
  /** Thirty random bits that belong to a minute. */
  bitsAt(minute: number): number
}

/** @param anchorMinute where the factor is 1. */
export function pricePath({ epic, category }: Market, seed: number, anchorMinute: number): PricePath {
  let key = seed | 0
  for (const letter of epic) key = mix(key, letter.charCodeAt(0))
  const dailyMove = DAILY_MOVE[category] ?? 0.003
  const count = WAVE_MINUTES.length
  const heights = Float64Array.from(WAVE_MINUTES, minutes => dailyMove * Math.sqrt(minutes / 1440))
  // The straight piece of each wave that was used last: its minutes, where it begins and ends, and how steep it is.
  const froms = new Float64Array(count)
  const tos = new Float64Array(count)
  const lefts = new Float64Array(count)
  const rights = new Float64Array(count)
  const slopes = new Float64Array(count)

  function turn(wave: number, minute: number): void {
    const minutes = WAVE_MINUTES[wave]!
    const height = heights[wave]!
    const cell = Math.floor(minute / minutes)
    const cornerAt = (at: number): number => (fraction(mix(key + wave, at)) * 2 - 1) * height
    // In order, a piece begins at the corner where the one before ended.
    const left = tos[wave] === cell * minutes && tos[wave] !== froms[wave] ? rights[wave]! : cornerAt(cell)
    const right = cornerAt(cell + 1)
    froms[wave] = cell * minutes
    tos[wave] = (cell + 1) * minutes
    lefts[wave] = left
    rights[wave] = right
    slopes[wave] = (right - left) / minutes
  }

  function heightAt(minute: number): number {
    let sum = 0
    for (let wave = 0; wave < count; wave++) {
      if (minute < froms[wave]! || minute >= tos[wave]!) turn(wave, minute)
      sum += lefts[wave]! + slopes[wave]! * (minute - froms[wave]!)
    }
    return sum
  }

  const anchorHeight = heightAt(anchorMinute)
  return {
    factorAt: minute => 1 + heightAt(minute) - anchorHeight,
    bitsAt: minute => mix(key ^ 0x51ed270b, minute) >>> 2,
  }
}

/** A 32-bit whole number as a number from 0 to 1. */
function fraction(bits: number): number {
  return (bits >>> 0) / 2 ** 32
}

/** One round and the finish of MurmurHash3 (Austin Appleby, public domain). */
function mix(key: number, value: number): number {
  let block = Math.imul(value, 0xcc9e2d51)
  block = (block << 15) | (block >>> 17)
  let state = key ^ Math.imul(block, 0x1b873593)
  state = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return state ^ (state >>> 16)
}

const WAVE_MINUTES = [1, 3, 10, 30, 120, 480, 1440, 4320, 14_400, 43_200, 144_000, 432_000, 1_440_000]
/** Half the usual move of a day; every figure is our choice, low enough for a price never to reach zero. */
const DAILY_MOVE: Readonly<Partial<Record<Market['category'], number>>> = {
  FOREX: 0.0018,
  CRYPTOCURRENCY: 0.006,
}
