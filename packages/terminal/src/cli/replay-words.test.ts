import { expect, it } from 'vitest'
import { loadingWords, playingWords } from './replay-words.ts'

const tape = {
  epics: ['CS.D.EURUSD.CFD.IP'],
  file: '/tapes/eurusd.csv.gz',
  fraction: 0.379,
  atMs: Date.UTC(2014, 4, 8, 12, 30, 5),
  hasEnded: false,
}

it('says how far a file was read', () => {
  expect(loadingWords({ file: '/tapes/eurusd.csv', fraction: 0.129 })).toBe('reading eurusd.csv: 12 %')
})

it('says file, time, part, speed and number of markets', () => {
  expect(playingWords({ speed: 5, isPaused: false, tapes: [tape] })).toBe(
    'eurusd.csv.gz: 2014-05-08 12:30:05 UTC, 37 %, speed 5, 1 market',
  )
})

it('shows of several tapes the one that is furthest from its end, and counts the markets of all', () => {
  const other = { ...tape, epics: ['A', 'B'], file: 'day.tape', fraction: 0.2, atMs: null }
  expect(playingWords({ speed: 'max', isPaused: true, tapes: [tape, other] })).toBe('day.tape: 20 %, paused, 3 markets')
})

it('says nothing any more when every tape has ended', () => {
  expect(playingWords({ speed: 1, isPaused: false, tapes: [{ ...tape, hasEnded: true }] })).toBe('')
})
