import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KITTY } from '../testing/read-keyboard.ts'
import { factsOf } from './key-action.ts'
import { createKeyDecoder } from './key-decoder.ts'
import { openGate, passKeys } from './key-gate.ts'
import { profileTable } from './key-table.ts'

/** What stands for an entry in each profile, written by a terminal of either kind. */
const SPELLINGS = {
  scalper: [
    'b',
    's',
    'v',
    'j',
    'k',
    '\x1b[98',
    '\x1b[115',
    '\x1b[118',
    '\x1b[106',
    '\x1b[107',
    '\x1b[57442',
    '\x1b[57448',
  ],
  arrows: ['\x1b[C', '\x1b[D', '\x1bOC', '\x1bOD', '\x1b[1;', '\x1b[;', '\x1b[57417', '\x1b[57418'],
}

it.each(['scalper', 'arrows'] as const)(
  '%s: whatever bytes come, no entry is made that no key spelled, nor two in a read',
  profile => {
    const table = profileTable(profile)
    const spellings = profile === 'arrows' ? [...SPELLINGS.scalper, ...SPELLINGS.arrows] : SPELLINGS.scalper
    const parts = [
      '\x1b',
      '[',
      'O',
      '~',
      'u',
      ';',
      ':',
      '1',
      '3',
      '57442',
      '57448',
      '5',
      'M',
      'I',
      KITTY,
      '\x1b[200~',
      'b',
      'D',
      'é',
      '\0',
    ]
    const anyRead = fc
      .array(
        fc.oneof(
          fc.constantFrom(...parts),
          fc.uint8Array({ maxLength: 5 }).map(some => Buffer.from(some).toString('latin1')),
        ),
        { maxLength: 8 },
      )
      .map(some => Buffer.from(some.join(''), 'latin1'))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyRead, fc.nat(3_000)), { maxLength: 8 }),
        fc.constantFrom('trading', 'question', 'help', 'text'),
        (reads, context) => {
          const decoder = createKeyDecoder()
          let gate = openGate(false)
          let nowMs = 0
          let came = ''
          for (const [read, afterMs] of reads) {
            nowMs += afterMs
            came += read.toString('latin1')
            const passed = passKeys(gate, decoder.decode(read, nowMs), { table, context, atMs: nowMs })
            gate = passed.gate
            const entries = passed.events.filter(
              event => event.kind === 'action' && factsOf(event.action).kind === 'entry',
            )
            expect(entries.length).toBeLessThanOrEqual(context === 'trading' ? 1 : 0)
            if (entries.length > 0) expect(spellings.some(spelling => came.includes(spelling))).toBe(true)
          }
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 1_000) },
    )
  },
)
