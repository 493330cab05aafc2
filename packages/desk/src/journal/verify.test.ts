import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JournalRecord } from './record.ts'
import { repair } from './repair.ts'
import { announcedClose, announcedOpen, fileOf, filled, opened, sha256, written } from './testing/written-lines.ts'
import { readChain, type Verdict, verify } from './verify.ts'

const RECORDS: readonly JournalRecord[] = [
  opened(),
  { kind: 'started', atMs: 1, version: '0.1.0', account: 'ABC12', environment: 'mock', seed: 7 },
  announcedOpen('SD-1'),
  filled('SD-1', 'DIAAA1'),
  announcedClose('SD-2.1', 'DIAAA1'),
  { kind: 'rejected', atMs: 31, id: 'SD-2.1', reason: 'Märkte zu � "\n' },
  { kind: 'stopped', atMs: 90, reason: 'quit' },
]
const { lines, head } = written(RECORDS)
const FILE = fileOf(lines)

/** As the command does it: the lines that a file still has, then what is wrong with its end. */
function verified(file: Uint8Array): Verdict {
  const { lines: left, fault } = repair(file, sha256)
  const verdict = verify(left, sha256)
  return verdict.kind === 'whole' && fault ? { kind: 'broken', fault } : verdict
}

const anyLine = fc.nat(lines.length - 1)
/** Number of the line that holds a byte; a newline belongs to the line that it ends. */
const lineAt = (byte: number): number => FILE.subarray(0, byte).filter(code => code === 0x0a).length + 1

describe('verify', () => {
  it('says how many records there are and where the chain ends', () => {
    expect(verify(lines, sha256)).toEqual({ kind: 'whole', records: RECORDS.length, head })
    expect(head.seq).toBe(RECORDS.length)
  })

  it('names the line and the record of any byte that was changed', () => {
    fc.assert(
      fc.property(fc.nat(FILE.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const file = FILE.slice()
        file[at] = (file[at] ?? 0) ^ flip
        const verdict = verified(file)
        const line = lineAt(at)
        expect(verdict).toMatchObject({ kind: 'broken', fault: { line, seq: line } })
      }),
      // The first replaces a replacement character, which bytes that are no text would be shown as.
      { numRuns: 2_000, examples: [[FILE.indexOf(0xef), 0xef ^ 0xf3]] },
    )
  })

  it('names the place of any line that was taken out, but for the last one', () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 2), at => {
        const verdict = verify(lines.toSpliced(at, 1), sha256)
        expect(verdict).toMatchObject({ kind: 'broken', fault: { kind: 'missing', line: at + 1, seq: at + 1 } })
      }),
    )
  })

  it('finds the last lines missing by the file that follows', () => {
    const next = written([opened('2026-01-06', '2026-01-05.ndjson'), announcedOpen('SD-9')], head)
    const short = verify(lines.slice(0, -2), sha256)
    if (short.kind !== 'whole') throw new Error('expected nothing to be wrong within the first file')
    expect(verify(next.lines, sha256, short.head)).toEqual({
      kind: 'broken',
      fault: {
        kind: 'missing',
        line: 1,
        seq: 6,
        words: 'line 1: expected record 6, but 8 stands there; 6 to 7 are missing',
      },
    })
    expect(verify(next.lines, sha256, head)).toMatchObject({ kind: 'whole', records: 2 })
    expect(verify(next.lines, sha256)).toMatchObject({ kind: 'whole' })
  })

  it('names the first of two lines that changed places', () => {
    fc.assert(
      fc.property(anyLine, anyLine, (one, other) => {
        fc.pre(one !== other)
        const swapped = lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '')
        const first = Math.min(one, other) + 1
        const verdict = verify(swapped, sha256)
        expect(verdict).toMatchObject({ kind: 'broken', fault: { line: first } })
        // Without its opening record a file has no beginning to compare with.
        if (first > 1) expect(verdict).toMatchObject({ fault: { kind: 'reordered', seq: first } })
      }),
    )
  })

  it('names any line that stands there twice', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(lines.length), (from, to) => {
        fc.pre(to > from)
        const verdict = verify(lines.toSpliced(to, 0, lines[from] ?? ''), sha256)
        expect(verdict).toMatchObject({ kind: 'broken', fault: { kind: 'repeated', line: to + 1, seq: to + 1 } })
      }),
    )
  })

  it('finds a record that was written anew with a hash of its own', () => {
    const forged = written([{ kind: 'stopped', atMs: 1, reason: 'never' }], { seq: 3, hash: 'abcd' })
    expect(verify(lines.with(3, forged.lines[0] ?? ''), sha256)).toMatchObject({
      kind: 'broken',
      fault: { kind: 'changed', line: 4, seq: 4 },
    })
  })

  it('takes nothing for whole that is no journal', () => {
    expect(verify(['{}'], sha256)).toMatchObject({ kind: 'broken', fault: { kind: 'changed', line: 1 } })
    expect(verify([''], sha256)).toMatchObject({ kind: 'broken' })
    expect(verify([], sha256)).toMatchObject({ kind: 'whole', records: 0 })
  })
})

describe('after a fault', () => {
  it('every record that is whole in itself is still read, once and in its order', () => {
    const damaged = [lines[0], lines[2], lines[1], lines[1], `${lines[3]} `, ...lines.slice(4)].map(line => line ?? '')
    const chain = readChain(damaged, sha256)
    expect(chain.records.map(({ seq }) => seq)).toEqual([1, 2, 3, 5, 6, 7])
    expect(chain.head).toEqual(head)
    expect(chain.fault).toMatchObject({ kind: 'reordered', line: 2 })
  })
})

describe('a file that was cut off at any byte', () => {
  it('keeps every record whose last character is there, and reports the rest', () => {
    for (let cut = 0; cut <= FILE.length; cut++) {
      const file = FILE.subarray(0, cut)
      const { lines: left, fault } = repair(file, sha256)
      const wholeRecords = lines.filter((_, at) => fileOf(lines.slice(0, at + 1)).length - 1 <= cut)
      expect(left).toEqual(wholeRecords)
      const isClean = cut === 0 || (fileOf(wholeRecords).length - cut <= 1 && fileOf(wholeRecords).length >= cut)
      if (isClean) expect(fault).toBeNull()
      else expect(fault).toMatchObject({ kind: 'torn', line: left.length + 1, seq: left.length + 1 })
    }
  })
})
