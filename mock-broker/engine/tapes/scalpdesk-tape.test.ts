import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tapeWriter } from './scalpdesk-writer.ts'
import type { JsonValue, TapeEntry, TapeHeader } from './tape-entry.ts'
import { tapeReader } from './tape-reader.ts'

const START_MS = Date.UTC(2026, 0, 5, 9)
const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DAX = 'IX.D.DAX.IFD.IP'
const HEADER: TapeHeader = {
  startMs: START_MS,
  markets: [
    { epic: EURUSD, decimals: 5 },
    { epic: DAX, decimals: 1 },
  ],
}
const bytes = (text: string) => new TextEncoder().encode(text)

function write(entries: readonly TapeEntry[]): string {
  const writer = tapeWriter(HEADER)
  return writer.header + entries.map(writer.line).join('')
}

/** Read in pieces of this many bytes. */
function read(tape: Uint8Array, piece = tape.length) {
  const reader = tapeReader('day.tape')
  const entries: TapeEntry[] = []
  for (let at = 0; at < tape.length; at += piece) {
    const chunk = tape.slice(at, at + piece)
    entries.push(...reader.read(chunk))
    // Whoever reads files uses a buffer again.
    chunk.fill(0)
  }
  return { entries, header: reader.header(), ...reader.report() }
}

const units = fc.integer({ min: 1, max: 99_999_999 })
const epic = fc.constantFrom(EURUSD, DAX)
const what = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tick' as const), epic, bidUnits: units, offerUnits: units }) },
  fc.record({
    kind: fc.constant('market-state' as const),
    epic,
    state: fc.constantFrom('TRADEABLE' as const, 'CLOSED' as const, 'ON_AUCTION_NO_EDITS' as const),
  }),
  fc.record({ kind: fc.constant('quote-loss' as const), epic }),
  fc.record({
    kind: fc.constant('event' as const),
    name: fc.constantFrom('trade', 'account', 'remark-2'),
    data: fc.jsonValue().map(value => JSON.parse(JSON.stringify(value)) as JsonValue),
  }),
)
const entries = fc.array(fc.tuple(fc.nat(3_600_000), what), { maxLength: 40 }).map(moments => {
  let atMs = START_MS
  return moments.map(([afterMs, happened]): TapeEntry => {
    atMs += afterMs
    return { ...happened, atMs }
  })
})

describe('a tape of Scalpdesk’s own', () => {
  it('is one header line, then one line for each thing that happens', () => {
    const at = { atMs: START_MS + 1500 }
    expect(
      write([
        { kind: 'market-state', epic: DAX, atMs: START_MS, state: 'TRADEABLE' },
        { kind: 'tick', epic: EURUSD, ...at, bidUnits: 108_417, offerUnits: 108_423 },
        { kind: 'tick', epic: DAX, ...at, bidUnits: 185_000, offerUnits: 184_998 },
        { kind: 'quote-loss', epic: DAX, ...at },
        { kind: 'event', ...at, name: 'trade', data: { dealId: 'DIAAAA1', note: 'two\nlines' } },
      ]),
    ).toBe(
      'scalpdesk-tape,1,1767603600000,CS.D.EURUSD.CFD.IP:5,IX.D.DAX.IFD.IP:1\n' +
        's,1,0,TRADEABLE\n' +
        '0,1500,108417,6\n' +
        '1,1500,185000,-2\n' +
        'q,1,1500\n' +
        'e,1500,trade,{"dealId":"DIAAAA1","note":"two\\nlines"}\n',
    )
  })

  it('gives back exactly what was written, in whatever pieces it is read', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 200 }), (written, piece) => {
        const tape = bytes(write(written))
        expect(read(tape, piece)).toEqual({
          entries: written,
          header: HEADER,
          wholeBytes: tape.length,
          tornBytes: 0,
          skipped: { count: 0, first: null },
        })
      }),
    )
  })

  it('cut off anywhere keeps every whole line and tells how much was torn', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (written, somewhere) => {
        const tape = bytes(write(written))
        const cut = somewhere % (tape.length + 1)
        const whole = tape.subarray(0, cut).lastIndexOf(10) + 1
        const survivors = [...tape.subarray(0, whole)].filter(byte => byte === 10).length
        const found = read(tape.subarray(0, cut))
        expect(found.entries).toEqual(written.slice(0, Math.max(0, survivors - 1)))
        expect([found.wholeBytes, found.tornBytes]).toEqual([whole, cut - whole])
      }),
    )
  })

  it('goes on after its torn end was cut off', () => {
    const tick: TapeEntry = { kind: 'tick', epic: EURUSD, atMs: START_MS, bidUnits: 1, offerUnits: 2 }
    const torn = write([tick, tick]).slice(0, -3)
    const { wholeBytes, header } = read(bytes(torn))
    const goingOn = tapeWriter(header ?? HEADER)
    expect(read(bytes(torn.slice(0, wholeBytes) + goingOn.line(tick))).entries).toEqual([tick, tick])
  })

  it.each([
    ['rubbish', 'expected a quote, or a line that begins'],
    ['0,1,108417', 'expected "market,milliseconds,bid,spread"'],
    ['0,1,1.08417,6', 'expected "market,milliseconds,bid,spread"'],
    ['2,1,108417,6', 'the number of a market below 2'],
    ['0,1,0,6', 'expected prices above 0'],
    ['0,1,5,-5', 'expected prices above 0'],
    ['0,1,5,-6', 'expected prices above 0'],
    ['0,1,1234567890123456,1', 'expected "market,milliseconds,bid,spread"'],
    ['s,0,1,HAPPY', 'expected a market state'],
    ['s,9,1,CLOSED', 'the number of a market below 2'],
    ['q,0,soon', 'expected milliseconds since the start'],
    ['e,1,trade,{', 'expected JSON'],
    ['e,1,Trade,{}', 'expected the name of an event'],
    ['\u0000\u0000', 'expected a quote, or a line that begins'],
  ])('skips the line %j alone, and says where it was and why', (line, problem) => {
    const good = '0,2,108417,6\n'
    const { entries, skipped } = read(bytes(`${write([])}${good}${line}\n${good}`))
    expect(entries).toHaveLength(2)
    expect(skipped).toEqual({ count: 1, first: expect.stringContaining('line 3 of day.tape') })
    expect(skipped.first).toContain(problem)
  })

  it('skips a quote whose time goes back', () => {
    const { entries, skipped } = read(bytes(`${write([])}0,5,108417,6\n0,4,108417,6\n`))
    expect([entries.length, skipped.count]).toEqual([1, 1])
  })

  it.each([1_000, 100_000])('cuts off a line that is too long, read %d bytes at a time', piece => {
    const good = '0,2,108417,6\n'
    const tape = bytes(`${write([])}${good}e,2,trade,"${'x'.repeat(200_000)}\n${good}rubbish\n`)
    const { entries, wholeBytes, tornBytes, skipped } = read(tape, piece)
    expect([entries.length, wholeBytes, tornBytes, skipped.count]).toEqual([2, tape.length, 0, 2])
    expect(skipped.first).toMatch(/^line 3 of day\.tape: the line is too long /)
  })

  it('passes over kinds of lines that a later program adds', () => {
    expect(read(bytes(`${write([])}z,1,whatever\n0,5,108417,6\n`))).toMatchObject({
      entries: [{ kind: 'tick' }],
      skipped: { count: 0 },
    })
  })

  it.each([
    [
      'scalpdesk-tape,2,1767603600000,CS.D.EURUSD.CFD.IP:5',
      'expected version 1 of the format in the first line of day.tape, but it is "scalpdesk-tape,2,',
    ],
    ['scalpdesk-tape,1,today,CS.D.EURUSD.CFD.IP:5', 'expected the start in epoch milliseconds as third field'],
    ['scalpdesk-tape,1,1767603600000', 'expected a market such as'],
    ['scalpdesk-tape,1,1767603600000,CS.D.EURUSD.CFD.IP', 'expected markets such as'],
    ['scalpdesk-tape,1,1767603600000,A:5,A:5', 'expected each market once'],
    ['0,1,2,3', 'expected "scalpdesk-tape" in the first line'],
  ])('with the first line %j is refused', (line, problem) => {
    expect(() => read(bytes(`${line}\n`))).toThrow(problem)
  })
})

describe('a writer of tapes refuses', () => {
  const writer = () => tapeWriter(HEADER)
  const tick = { kind: 'tick', epic: EURUSD, atMs: START_MS, bidUnits: 1, offerUnits: 2 } as const

  it.each<[what: string, attempt: () => unknown, problem: string]>([
    ['a market that is not in the header', () => writer().line({ ...tick, epic: 'X.Y' }), 'name it in the header'],
    ['a time before the start', () => writer().line({ ...tick, atMs: START_MS - 1 }), 'do not go back'],
    ['a fraction of a millisecond', () => writer().line({ ...tick, atMs: START_MS + 0.5 }), 'whole milliseconds'],
    ['a fraction of a unit', () => writer().line({ ...tick, bidUnits: 1.5 }), 'whole units'],
    ['a price of no size', () => writer().line({ ...tick, offerUnits: Number.NaN }), 'whole units'],
    ['a header without markets', () => tapeWriter({ startMs: 0, markets: [] }), 'at least one market'],
    ['an epic with a comma', () => tapeWriter({ startMs: 0, markets: [{ epic: 'A,B', decimals: 1 }] }), 'an epic'],
    ['ten decimals', () => tapeWriter({ startMs: 0, markets: [{ epic: 'A', decimals: 10 }] }), '0 to 9 decimals'],
    [
      'an event that no reader would hold',
      () => writer().line({ kind: 'event', atMs: START_MS, name: 'trade', data: 'x'.repeat(70_000) }),
      'at most 65536 bytes',
    ],
    [
      'an event with a name of two words',
      () => writer().line({ kind: 'event', atMs: START_MS, name: 'two words', data: null }),
      "an event's name",
    ],
  ])('%s', (_what, attempt, problem) => {
    expect(attempt).toThrow(problem)
    expect(attempt).toThrow(/^expected .*, but .*; /)
  })

  it('a time before the line that was written last', () => {
    const one = writer()
    one.line({ ...tick, atMs: START_MS + 5 })
    expect(() => one.line(tick)).toThrow('do not go back')
  })
})
