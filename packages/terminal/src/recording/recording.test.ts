import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TapeEntry, tapeReader } from '@scalpdesk/mock-broker/engine'
import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import type { Disk } from '../session/journal-disk.ts'
import { failingDisk } from '../testing/journal-fixtures.ts'
import { FLUSH_MS, type RecordingParts, startRecording } from './recording.ts'
import type { RecordingError } from './recording-error.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const START_MS = Date.UTC(2026, 0, 5, 23, 59)
const tick = (atMs: number, bidUnits = 108_417): TapeEntry => ({
  kind: 'tick',
  epic: EURUSD,
  atMs,
  bidUnits,
  offerUnits: bidUnits + 6,
})

const newOut = (): string => join(mkdtempSync(join(tmpdir(), 'tape-')), 'day.tape')

/** On a disk that works until told otherwise, where every turn is over at once. */
function recorded(out: string, change: Partial<RecordingParts> & { readonly startMs?: number } = {}) {
  const { disk: failing, fail, failFlush } = failingDisk()
  const flushes: number[] = []
  const disk: Disk = {
    ...failing,
    flushBehind(_file, done) {
      flushes.push(clock.monotonicMs())
      done(null)
    },
    afterwards: work => work(),
  }
  const clock = manualClock(START_MS)
  const failures: RecordingError[] = []
  const recording = startRecording(
    {
      out,
      rotation: { daily: false, mostBytes: null },
      disk,
      clock,
      beginning: () => [],
      markets: () => [{ epic: EURUSD, decimals: 5 }],
      onFailure: error => void failures.push(error),
      ...change,
    },
    change.startMs ?? START_MS,
  )
  return { recording, clock, failures, flushes, fail, failFlush }
}

function readTape(path: string): { readonly entries: readonly TapeEntry[]; readonly tornBytes: number } {
  const reader = tapeReader(path)
  const entries = reader.read(readFileSync(path))
  const { tornBytes, skipped } = reader.report()
  expect(skipped.count).toBe(0)
  return { entries, tornBytes }
}

const kinds = (path: string): readonly string[] =>
  readTape(path).entries.map(entry => (entry.kind === 'event' ? entry.name : entry.kind))

describe('a recording', () => {
  it('is in the file at the end of the turn, and ends with a line that says so', () => {
    const out = newOut()
    const { recording } = recorded(out)
    recording.add([tick(START_MS + 1), tick(START_MS + 2, 108_418)])
    expect(readTape(out).entries).toEqual([tick(START_MS + 1), tick(START_MS + 2, 108_418)])
    recording.close('stopped', START_MS + 3)
    expect(kinds(out)).toEqual(['tick', 'tick', 'recording-end'])
    expect(recording.written).toEqual({ files: [out], bytes: statSync(out).size, lastMs: START_MS + 2 })
    expect(statSync(out).mode & 0o777).toBe(0o600)
  })

  it('is put on the disk behind, once a second and not more often', () => {
    const { recording, clock, flushes } = recorded(newOut())
    for (let step = 0; step < 30; step++) {
      recording.add([tick(START_MS + step * 100)])
      clock.advance(100)
    }
    expect(flushes).toEqual([FLUSH_MS, 2 * FLUSH_MS, 3 * FLUSH_MS])
  })

  it('goes on with the tape of the run before, and what lay between is a gap without a price', () => {
    const out = newOut()
    const first = recorded(out).recording
    first.add([tick(START_MS + 1)])
    first.close('stopped', START_MS + 2)
    const second = recorded(out, { startMs: START_MS + 60_000 }).recording
    expect(second.found).toMatchObject({ ticks: 1, hasEnded: true, lastMs: START_MS + 2 })
    second.add([tick(START_MS + 60_001)])
    second.close('stopped', START_MS + 60_002)
    expect(kinds(out)).toEqual(['tick', 'recording-end', 'quote-loss', 'gap', 'gap-end', 'tick', 'recording-end'])
  })

  it('cuts off what a crash left of the last line, and tells how much', () => {
    const out = newOut()
    recorded(out).recording.add([tick(START_MS + 1), tick(START_MS + 2)])
    appendFileSync(out, '0,3,1084')
    const { recording } = recorded(out, { startMs: START_MS + 10 })
    expect(recording.found).toMatchObject({ ticks: 2, hasEnded: false, report: { tornBytes: 8 } })
    recording.add([tick(START_MS + 11)])
    expect(readTape(out).entries).toHaveLength(6)
    expect(readTape(out).entries[3]).toMatchObject({ name: 'gap', data: { kind: 'broken-off' } })
  })

  it('of a clock that was ahead goes on at the time that the tape has', () => {
    const out = newOut()
    recorded(out).recording.add([tick(START_MS + 3_600_000)])
    const { recording } = recorded(out)
    recording.add([tick(START_MS + 1)])
    expect(readTape(out).entries.at(-1)).toEqual(tick(START_MS + 3_600_000))
  })

  it('takes a file that is there and empty', () => {
    const out = newOut()
    writeFileSync(out, '')
    recorded(out).recording.add([tick(START_MS)])
    expect(readTape(out).entries).toHaveLength(1)
  })
})

describe('a recording goes on in a new file', () => {
  it('before one is too large, each of them whole and playable by itself', () => {
    const out = newOut()
    const { recording } = recorded(out, {
      rotation: { daily: false, mostBytes: 1_000 },
      beginning: atMs => [{ kind: 'market-state', epic: EURUSD, atMs, state: 'TRADEABLE' }],
    })
    for (let step = 0; step < 200; step++) recording.add([tick(START_MS + step)])
    recording.close('stopped', START_MS + 200)
    const { files, bytes } = recording.written
    expect(files.slice(0, 3)).toEqual([out, out.replace('.tape', '.2.tape'), out.replace('.tape', '.3.tape')])
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBe(bytes)
    for (const file of files) {
      expect(statSync(file).size).toBeLessThanOrEqual(1_000)
      expect([kinds(file)[0], kinds(file).at(-1)]).toEqual(['market-state', 'recording-end'])
    }
    const ticks = files.flatMap(file => readTape(file).entries.filter(({ kind }) => kind === 'tick'))
    expect(ticks).toEqual(Array.from({ length: 200 }, (_, step) => tick(START_MS + step)))
  })

  it('each day', () => {
    const out = newOut()
    const { recording } = recorded(out, { rotation: { daily: true, mostBytes: null } })
    recording.add([tick(START_MS + 1), tick(START_MS + 60_000), tick(START_MS + 60_001)])
    recording.close('stopped', START_MS + 60_002)
    expect(recording.written.files.map(file => file.slice(out.length - 5))).toEqual([
      '.2026-01-05.tape',
      '.2026-01-06.tape',
    ])
    expect(kinds(recording.written.files[1] ?? '')).toEqual(['tick', 'tick', 'recording-end'])
  })

  it('when prices have more decimals than the file can show', () => {
    const out = newOut()
    let markets = [{ epic: EURUSD, decimals: 5 }]
    const { recording } = recorded(out, { markets: () => markets })
    recording.add([tick(START_MS)])
    markets = [{ epic: EURUSD, decimals: 6 }]
    recording.add([tick(START_MS + 1, 1_084_175)])
    expect(readTape(out.replace('.tape', '.2.tape')).entries).toEqual([tick(START_MS + 1, 1_084_175)])
  })

  it('beside files that others have left, which it does not touch', () => {
    const out = newOut()
    writeFileSync(out.replace('.tape', '.2.tape'), 'mine')
    const { recording } = recorded(out, { rotation: { daily: false, mostBytes: 1_000 } })
    for (let step = 0; step < 100; step++) recording.add([tick(START_MS + step)])
    expect(readFileSync(out.replace('.tape', '.2.tape'), 'utf8')).toBe('mine')
    expect(recording.written.files[1]).toBe(out.replace('.tape', '.3.tape'))
  })
})

describe('another writer on the same file', () => {
  it('ends the recording before anything is mixed up', () => {
    const out = newOut()
    const [first, second] = [recorded(out), recorded(out)]
    second.recording.add([tick(START_MS + 1)])
    first.recording.add([tick(START_MS + 2)])
    expect(first.failures[0]?.message).toMatch(
      /^expected \d+ bytes in the tape .*, but it has \d+: something else writes/,
    )
    expect(kinds(out)).toEqual(['quote-loss', 'gap', 'gap-end', 'tick'])
  })
})

describe('a disk that is full', () => {
  it.each([0, 7])('ends the recording with whole lines only, when it takes %d bytes more', afterBytes => {
    const out = newOut()
    const { recording, failures, fail } = recorded(out)
    recording.add([tick(START_MS + 1)])
    fail('ENOSPC', afterBytes)
    recording.add([tick(START_MS + 2), tick(START_MS + 3)])
    recording.add([tick(START_MS + 4)])
    recording.close('stopped', START_MS + 5)
    expect(failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^expected the disk to take the tape .*, but ENOSPC.*; make room on the disk, then go on/),
    ])
    expect(readTape(out)).toEqual({ entries: [tick(START_MS + 1)], tornBytes: 0 })
    expect(recording.written.bytes).toBe(statSync(out).size)
  })

  it('for a new file leaves the last one whole', () => {
    const out = newOut()
    const { recording, failures, fail } = recorded(out, { rotation: { daily: true, mostBytes: null } })
    recording.add([tick(START_MS + 1)])
    fail('ENOSPC')
    recording.add([tick(START_MS + 60_000)])
    recording.close('stopped', START_MS + 60_001)
    expect(failures).toHaveLength(1)
    expect(readTape(recording.written.files[0] ?? '').entries).toEqual([tick(START_MS + 1)])
  })

  it('that says so only at the end is told then', () => {
    const { recording, failFlush } = recorded(newOut())
    recording.add([tick(START_MS + 1)])
    failFlush(true)
    expect(() => recording.close('stopped', START_MS + 2)).toThrow(/^expected the disk to take the tape .*EIO/)
  })
})

describe('a recording is refused, and nothing changed', () => {
  it.each([
    ['a file that is no tape', 'my notes\n', /expected a new file or a tape of Scalpdesk to go on with/],
    ['half a line', 'scalpdesk-ta', /expected a new file or a tape of Scalpdesk to go on with/],
    ['a tape of a later version', 'scalpdesk-tape,2,1,CS.D.EURUSD.CFD.IP:5\n', /expected a new file or a tape/],
    ['a tape of other markets', 'scalpdesk-tape,1,1,IX.D.DAX.IFD.IP:1\n', /expected .* to be a tape of CS\.D\.EURUSD/],
    ['a tape with fewer decimals', 'scalpdesk-tape,1,1,CS.D.EURUSD.CFD.IP:4\n', /expected .* to be a tape of CS\.D/],
  ])('on %s', (_what, text, problem) => {
    const out = newOut()
    writeFileSync(out, text)
    expect(() => recorded(out)).toThrow(problem)
    expect(readFileSync(out, 'utf8')).toBe(text)
  })

  it('in a folder that is not there, or in the place of one', () => {
    expect(() => recorded('/nowhere/day.tape')).toThrow(/ENOENT.*; make the folder, or name another file/)
    const folder = mkdtempSync(join(tmpdir(), 'tape-'))
    expect(() => recorded(folder)).toThrow(/to be a file/)
    expect([existsSync(folder), readdirSync(folder)]).toEqual([true, []])
  })
})
