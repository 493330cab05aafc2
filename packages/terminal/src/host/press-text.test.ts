import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PressProblem, pressText, readPress } from './press-text.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'
const amount = fc.integer({ min: 1, max: 10 ** 9 }).map(units => new Decimal(units).div(10 ** 8))
const target = fc.constant({ dealId: 'DIAAAA1' })

it('reads what it writes, to the last digit', () => {
  const intents = fc.oneof(
    fc.record({
      kind: fc.constant('enter'),
      epic: fc.constant(EPIC),
      direction: fc.constantFrom('BUY', 'SELL'),
      size: amount,
    }),
    fc.record({ kind: fc.constant('close'), dealId: fc.constant('DIAAAA1'), part: fc.record({ size: amount }) }),
    fc.record({
      kind: fc.constant('reverse'),
      epic: fc.constant(EPIC),
      as: fc.record({
        size: fc.constant('held'),
        stop: fc.option(fc.record({ kind: fc.constant('normal'), distancePoints: amount })),
        limitPoints: fc.option(amount),
      }),
      of: fc.constant(['DIAAAA1', 'DIAAAA2']),
    }),
    fc.record({ kind: fc.constant('set-leg'), leg: fc.constant('stop'), to: fc.record({ level: amount }), target }),
    fc.record({
      kind: fc.constant('trail'),
      trailing: fc.option(fc.record({ distancePoints: amount, stepPoints: amount })),
      target,
    }),
  )
  fc.assert(
    fc.property(intents, intent => {
      const text = JSON.stringify({ by: 'command', ...intent }, function (this: Record<string, unknown>, name, value) {
        const figure = this[name]
        return Decimal.isDecimal(figure) ? figure.toFixed() : value
      })
      expect(pressText(readPress(JSON.parse(text)))).toBe(text)
    }),
  )
})

it.each([
  ['nothing', null],
  ['a list', []],
  ['no kind', { by: 'command' }],
  ['what only the trader may do', { by: 'command', kind: 'arm' }],
  ['a lock', { by: 'command', kind: 'lock-day' }],
  ['nobody', { by: 'key', kind: 'flatten', scope: { kind: 'account' } }],
  ['a bot without a name', { by: 'bot:', kind: 'flatten', scope: { kind: 'account' } }],
  ['a number in the place of a decimal', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', size: 1 }],
  ['a size of nothing', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', size: '0.00' }],
  ['a negative size', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', size: '-1' }],
  ['no figure', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', size: 'NaN' }],
  ['an exponent', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', size: '1e9' }],
  ['endless digits', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', size: '1'.repeat(40) }],
  ['a third side', { by: 'command', kind: 'enter', epic: EPIC, direction: 'HOLD' }],
  ['an epic that can be none', { by: 'command', kind: 'enter', epic: '../x', direction: 'BUY' }],
  ['a field too many', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', reference: 'R1' }],
  ['a field too many within', { by: 'command', kind: 'flatten', scope: { kind: 'account', epic: EPIC } }],
  ['a stop of a fourth kind', { by: 'command', kind: 'enter', epic: EPIC, direction: 'BUY', stop: { kind: 'soft' } }],
  [
    'a reverse of nothing',
    { by: 'bot:x', kind: 'reverse', epic: EPIC, as: { size: 'held', stop: null, limitPoints: null }, of: [] },
  ],
  ['a reverse with the preset of somebody else', { by: 'bot:x', kind: 'reverse', epic: EPIC, of: ['DIAAAA1'] }],
  ['a whole market in the place of a deal', { by: 'command', kind: 'breakeven', target: { epic: EPIC } }],
  [
    'a time in words',
    { by: 'command', kind: 'place', epic: EPIC, direction: 'BUY', orderKind: 'limit', level: '1', goodTill: 'noon' },
  ],
])('takes no press of %s', (_what, value) => {
  expect(() => readPress(value)).toThrow(PressProblem)
})

it('takes nothing that is made up, and fails in no other way', () => {
  fc.assert(
    fc.property(fc.json(), text => {
      expect(() => readPress(JSON.parse(text))).toThrow(PressProblem)
    }),
  )
})
