import { Decimal, dealId, epic as epicOf } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { consentProblem } from '../host/live-press.ts'
import type { Press, PressIntent } from '../host/press-text.ts'
import { newHome, openGate } from '../testing/sandbox.ts'
import { beginLive, consentToLive, type LiveOrderAsk, type LiveStart } from './live-consent.ts'

const LIVE = { name: 'live', from: 'command-line' } as const
const ORDER = { kind: 'order', words: 'BUY 1 DAX' } as const
const DAX = 'IX.D.DAX.IFD.IP'

describe('a command on live begins', () => {
  const home = newHome()
  openGate(home)
  const begin = (changes: Partial<LiveStart>) => () =>
    beginLive({ given: LIVE, deed: ORDER, confirm: undefined, hasTerminal: true, home, ...changes })

  it.each<[what: string, changes: Partial<LiveStart>]>([
    ['with an order that somebody at a terminal can confirm', {}],
    ['with an order in a pipe that is confirmed by a flag', { hasTerminal: false, confirm: `ABC12:${DAX}` }],
    ['with an exit, which nobody has to confirm', { hasTerminal: false, deed: { kind: 'exit' } }],
    ['with an exit though the gate is locked', { deed: { kind: 'exit' }, home: newHome() }],
  ])('%s', (_what, changes) => {
    expect(begin(changes)).not.toThrow()
  })

  it.each<[what: string, changes: Partial<LiveStart>, status: number, words: RegExp]>([
    ['by a variable alone', { given: { name: 'live', from: 'variable' } }, 2, /--env live/],
    ['by the settings alone', { given: null }, 2, /--env live/],
    ['with an exit by a variable', { given: { name: 'live', from: 'variable' }, deed: { kind: 'exit' } }, 2, /--env/],
    ['with an order in a pipe', { hasTerminal: false }, 2, /--confirm-live ACCOUNT:EPIC/],
    ['with an order before the sandbox is done', { home: newHome() }, 5, /live is locked/],
  ])('not %s', (_what, changes, status, words) => {
    expect(begin(changes)).toThrow(expect.objectContaining({ status, message: expect.stringMatching(words) }))
  })
})

describe('an order on live', () => {
  function ask(changes: Partial<LiveOrderAsk>, typed = ''): Promise<string> {
    const prompt = { ask: async () => typed, say() {}, close() {} }
    return consentToLive({ words: 'BUY', confirm: undefined, prompt, account: 'ABC12', epic: DAX, ...changes })
  }

  it('goes out after the sentence, or the flag that spells account and market, which the journal keeps', async () => {
    expect(await ask({}, ' TRADE LIVE ')).toBe('TRADE LIVE')
    expect(await ask({ confirm: `ABC12:${DAX}`, prompt: null })).toBe(`ABC12:${DAX}`)
  })

  it.each<[what: string, changes: Partial<LiveOrderAsk>, typed: string]>([
    ['a mistyped sentence', {}, 'trade live'],
    ['an empty line', {}, ''],
    ['another account', { confirm: `ABC13:${DAX}` }, 'TRADE LIVE'],
    ['another market', { confirm: 'ABC12:CS.D.EURUSD.CFD.IP' }, 'TRADE LIVE'],
    ['the sentence in the place of the flag', { confirm: 'TRADE LIVE' }, 'TRADE LIVE'],
    ['a deal that the broker does not list', { confirm: 'ABC12:EPIC', epic: null }, ''],
  ])('stays for %s', async (_what, changes, typed) => {
    await expect(ask(changes, typed)).rejects.toMatchObject({
      status: 5,
      message: expect.stringMatching(/nothing was sent/),
    })
  })
})

describe('a desk on live', () => {
  const dax = epicOf(DAX)
  const target = { dealId: dealId('DIAAAA1') }
  const orders: readonly PressIntent[] = [
    { kind: 'enter', epic: dax, direction: 'BUY' },
    { kind: 'place', epic: dax, direction: 'BUY', orderKind: 'limit', level: new Decimal(1) },
    { kind: 'set-leg', leg: 'stop', to: { points: new Decimal(10) }, target },
  ]
  const exits: readonly PressIntent[] = [
    { kind: 'flatten', scope: { kind: 'account' } },
    { kind: 'close', dealId: target.dealId, part: 'all' },
    { kind: 'cancel', orders: target },
  ]
  const press = (intent: PressIntent, consent?: string): Press => ({
    intent,
    by: 'command',
    ...(consent !== undefined && { consent }),
  })

  it('takes an order with the second act only, and exits without', () => {
    for (const intent of orders) {
      expect(consentProblem(press(intent), 'ABC12', dax)).toMatch(/second deliberate act.*--confirm-live ABC12:IX/)
      expect(consentProblem(press(intent, `ABC12:${DAX}`), 'ABC12', dax)).toBeNull()
      expect(consentProblem(press(intent, 'TRADE LIVE'), 'ABC12', dax)).toBeNull()
      expect(consentProblem(press(intent, `OTHER:${DAX}`), 'ABC12', dax)).toMatch(/another one/)
      expect(consentProblem(press(intent, `ABC12:${DAX}`), 'ABC12', null)).toMatch(/another one/)
    }
    for (const intent of exits) expect(consentProblem(press(intent), 'ABC12', null)).toBeNull()
  })
})
