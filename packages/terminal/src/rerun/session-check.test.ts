import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultPlan } from '@scalpdesk/mock-broker'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptSession, press } from '../testing/kept-session.ts'
import { checkSession } from './session-check.ts'
import type { SessionInput, TimedInput } from './session-input.ts'

const check = (folder: string) => checkSession({ folder, onProgress() {}, pace: () => Promise.resolve() })

const TRADED = [
  press(1_000, 'buy'),
  press(4_500, 'stop-up'),
  press(9_000, 'flatten'),
  press(12_345, 'sell'),
  press(20_000, 'close-half'),
  press(20_001, 'flatten'),
  press(30_000, 'quit'),
]

const FAULTS: readonly FaultPlan[] = [
  { fault: 'loseReply', match: 'open', when: { onRequest: 1 } },
  { fault: 'confirmLate', args: [900], match: 'close', when: { probability: 0.5 } },
  { fault: 'goSilent', when: { afterMs: 5_000 }, forMs: 2_000 },
  { fault: 'slowReply', args: [1_500], match: 'amend', when: { probability: 0.5 } },
  { fault: 'dropStream', when: { afterMs: 15_000 } },
]

const lines = (folder: string, file: string): readonly string[] =>
  readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')

describe('a session that is run again', () => {
  it('gives the same journal and the same orders, to the byte', async () => {
    const verdict = await check(await keptSession({ inputs: TRADED }))
    expect(verdict).toMatchObject({ kind: 'same', inputs: TRADED.length, orders: 6, isBrokenOff: false })
    expect(verdict.records).toBeGreaterThan(30)
  })

  it('also with the broker’s faults: lost answers, late confirms, a silent and a broken stream', async () => {
    const folder = await keptSession({ inputs: TRADED, mock: { seed: 11, faults: FAULTS } })
    expect(readFileSync(journalOf(folder), 'utf8')).toContain('"kind":"unknown"')
    expect(await check(folder)).toMatchObject({ kind: 'same' })
  })

  it('also where the tape was paused, stepped, hurried and gone on with', async () => {
    const tape = (atMs: number, control: Extract<SessionInput, { kind: 'tape' }>['control']): TimedInput => ({
      atMs,
      input: { kind: 'tape', control },
    })
    const folder = await keptSession({
      inputs: [
        press(1_000, 'buy'),
        tape(2_000, { kind: 'pause' }),
        tape(2_500, { kind: 'step' }),
        press(2_600, 'flatten'),
        tape(3_000, { kind: 'resume' }),
        tape(3_500, { kind: 'speed', speed: 8 }),
        tape(5_000, { kind: 'go-on', untilMs: Date.UTC(2026, 0, 5, 13, 5) }),
        press(6_000, 'sell'),
        press(8_000, 'flatten'),
        press(9_000, 'quit'),
      ],
    })
    expect(await check(folder)).toMatchObject({ kind: 'same', orders: 4 })
  })

  it('whatever keys were pressed, and whatever the broker did', { timeout: 120_000 }, async () => {
    const actions = ['buy', 'sell', 'flatten', 'reverse', 'join-bid', 'breakeven', 'close-half', 'stop-down'] as const
    const keys = fc.array(fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.constantFrom(...actions)), { maxLength: 12 })
    const faults = fc.subarray([...FAULTS])
    await fc.assert(
      fc.asyncProperty(keys, faults, fc.nat(1_000), async (pressed, faults, seed) => {
        let atMs = 500
        const inputs = pressed.map(([afterMs, action]) => {
          atMs += afterMs
          return press(atMs, action)
        })
        const folder = await keptSession({ inputs: [...inputs, press(atMs + 3_000, 'quit')], mock: { seed, faults } })
        expect(await check(folder)).toMatchObject({ kind: 'same', difference: null })
      }),
      { numRuns: 12 },
    )
  })

  it('is compared as far as it goes when the program was killed', async () => {
    const folder = await keptSession({ inputs: TRADED })
    const journal = journalOf(folder)
    // In the middle of a line, with the keys after it.
    truncateSync(journal, Math.floor(readFileSync(journal).length * 0.6))
    writeFileSync(join(folder, 'keys.ndjson'), `${lines(folder, 'keys.ndjson').slice(0, 4).join('\n')}\n{"t":20`)
    writeFileSync(join(folder, 'orders.ndjson'), `${lines(folder, 'orders.ndjson').slice(0, 3).join('\n')}\n`)
    expect(await check(folder)).toMatchObject({ kind: 'same', isBrokenOff: true, inputs: 4 })
  })
})

describe('what is different is told', () => {
  it('by the first line of the orders that is', async () => {
    const folder = await keptSession({ inputs: TRADED })
    const orders = lines(folder, 'orders.ndjson')
    const [first = '', second = ''] = orders
    writeFileSync(
      join(folder, 'orders.ndjson'),
      `${[first, second.replace('1.1', '1.2'), ...orders.slice(2)].join('\n')}\n`,
    )
    expect(await check(folder)).toMatchObject({
      kind: 'different',
      difference: { file: 'orders', line: 2, was: second.replace('1.1', '1.2'), is: second },
    })
  })

  it('by the first record of the journal that is', async () => {
    const folder = await keptSession({ inputs: TRADED })
    appendFileSync(journalOf(folder), '{"kind":"stopped"}\n')
    const { length } = readFileSync(journalOf(folder), 'utf8').trimEnd().split('\n')
    expect(await check(folder)).toMatchObject({
      kind: 'different',
      difference: { file: 'journal', line: length, was: '{"kind":"stopped"}', is: null },
    })
  })

  it('when a key was pressed a millisecond later', async () => {
    const folder = await keptSession({ inputs: TRADED })
    const [first = '', ...others] = lines(folder, 'keys.ndjson')
    writeFileSync(join(folder, 'keys.ndjson'), `${[first.replace('1000', '1001'), ...others].join('\n')}\n`)
    expect(await check(folder)).toMatchObject({ kind: 'different', difference: { file: 'orders', line: 1 } })
  })
})

describe('a session is not run again', () => {
  it('on a tape that has changed since', async () => {
    const folder = await keptSession({ inputs: TRADED })
    const spec = JSON.parse(readFileSync(join(folder, 'session.json'), 'utf8')) as { tape: { file: string } }
    appendFileSync(spec.tape.file, '\n')
    await expect(check(folder)).rejects.toThrow(/to be the tape that the session ran on, but it has changed/)
  })

  it.each([
    ['{"t":1,"kind":"act","action":"sell-everything"}', 'line 1'],
    ['{"t":1,"kind":"act","action":"constructor"}', 'line 1'],
    ['{"t":-1,"kind":"end"}', 'line 1'],
    ['{"t":1.5,"kind":"end"}', 'line 1'],
    ['{"t":5,"kind":"end"}\n{"t":4,"kind":"end"}', 'line 2'],
    ['{"t":5,"kind":"tape","control":{"kind":"speed","speed":0}}', 'line 1'],
    ['null', 'line 1'],
    ['rubbish', 'line 1'],
  ])('with the keys %j', async (text, place) => {
    const folder = await keptSession({ inputs: [] })
    writeFileSync(join(folder, 'keys.ndjson'), `${text}\n`)
    await expect(check(folder)).rejects.toThrow(`expected a key press and its time, but ${place}`)
  })

  it.each([
    '',
    '[]',
    '{"version":2}',
    '{"version":1,"program":"x","startMs":1,"zone":"UTC","tape":{},"mock":{},"markets":{}}',
  ])('by %j in the place of what it was run with', async text => {
    const folder = await keptSession({ inputs: [] })
    writeFileSync(join(folder, 'session.json'), text)
    await expect(check(folder)).rejects.toThrow(/^expected .*session\.json.*, but .*; give the folder/)
  })

  it('from a folder that is none', async () => {
    const folder = await keptSession({ inputs: [] })
    rmSync(join(folder, 'orders.ndjson'))
    await expect(check(folder)).rejects.toThrow(/^expected a session, but .*; give the folder/)
  })
})

const journalOf = (folder: string): string => join(folder, 'journal/mock-embedded/MOCK1/2026-01-05.ndjson')
