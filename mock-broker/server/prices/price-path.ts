import type { Market } from '../../engine/index.ts'

/**
 * A price for every minute of the past that a seed decides: waves of noise from a minute to years long, each about as high as
 * the square root of its length, as prices wander. Asked for minutes in order it costs a few additions for each.
 */
export interface PricePath {
  /** Change against the anchor, as a factor around 1. */
  factorAt(minute: number): number
  /** From 0 to 1: one of several independent numbers that belong to a minute. */
  numberAt(minute: number, index: number): number
}

/** @param anchorMinute where the factor is 1. */
export function pricePath({ epic, category }: Market, seed: number, anchorMinute: number): PricePath {
  const key = mix(seed, ...[...epic].map(letter => letter.charCodeAt(0)))
  const scale = DAILY_MOVE[category] ?? 0.003
  const waves = WAVE_MINUTES.map((minutes, index) => wave(key + index, minutes, scale * Math.sqrt(minutes / 1440)))
  const heightAt = (minute: number): number => waves.reduce((sum, at) => sum + at(minute), 0)
  const anchorHeight = heightAt(anchorMinute)
  return {
    factorAt: minute => 1 + heightAt(minute) - anchorHeight,
    numberAt: (minute, index) => hash(key ^ 0x51ed270b, minute * 8 + index),
  }
}

/** Straight lines between random heights; the cell last used is kept. */
function wave(key: number, minutes: number, height: number): (minute: number) => number {
  let cell = Number.NaN
  let left = 0
  let slope = 0
  return minute => {
    const here = Math.floor(minute / minutes)
    if (here !== cell) {
      cell = here
      left = (hash(key, here) * 2 - 1) * height
      slope = ((hash(key, here + 1) * 2 - 1) * height - left) / minutes
    }
    return left + slope * (minute - here * minutes)
  }
}

/** From 0 to 1, decided by two whole numbers. */
function hash(key: number, index: number): number {
  return (mix(key, index | 0, Math.floor(index / 2 ** 32)) >>> 0) / 2 ** 32
}

/** MurmurHash3's mixing steps (Austin Appleby, public domain). */
function mix(...numbers: readonly number[]): number {
  let state = 0x9747b28c
  for (const number of numbers) {
    let k = Math.imul(number, 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    state ^= Math.imul(k, 0x1b873593)
    state = ((state << 13) | (state >>> 19)) * 5 + 0xe6546b64
    state |= 0
  }
  state ^= state >>> 16
  state = Math.imul(state, 0x85ebca6b)
  state ^= state >>> 13
  state = Math.imul(state, 0xc2b2ae35)
  return state ^ (state >>> 16)
}

const WAVE_MINUTES = [1, 3, 10, 30, 120, 480, 1440, 4320, 14_400, 43_200, 144_000, 432_000, 1_440_000]
/** Half the usual move of a day; every figure is our choice, low enough for a price never to reach zero. */
const DAILY_MOVE: Readonly<Partial<Record<Market['category'], number>>> = {
  FOREX: 0.0018,
  CRYPTOCURRENCY: 0.006,
}
