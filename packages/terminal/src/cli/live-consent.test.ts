import { expect, it } from 'vitest'
import { newHome, openGate } from '../testing/sandbox.ts'
import { consentToLive, type LiveOrderAsk } from './live-consent.ts'

const LIVE = { name: 'live', from: 'command-line' } as const
const typing = (text: string) => ({ ask: async () => text })

function openHome(): string {
  const home = newHome()
  openGate(home)
  return home
}

function ask(changes: Partial<LiveOrderAsk>): Promise<void> {
  return consentToLive({ given: LIVE, confirm: undefined, prompt: null, home: openHome(), ...changes })
}

it.each<[what: string, changes: Partial<LiveOrderAsk>]>([
  ['the sentence on a terminal', { prompt: typing('TRADE LIVE') }],
  ['the sentence as a flag', { confirm: 'TRADE LIVE' }],
])('an order on live goes out after --env live and %s', async (_what, changes) => {
  await expect(ask(changes)).resolves.toBeUndefined()
})

it.each<[what: string, changes: Partial<LiveOrderAsk>, status: number, words: RegExp]>([
  ['by a variable alone', { given: { name: 'live', from: 'variable' }, confirm: 'TRADE LIVE' }, 2, /--env live/],
  ['by the settings alone', { given: null, confirm: 'TRADE LIVE' }, 2, /--env live/],
  ['without the sentence', {}, 2, /--confirm 'TRADE LIVE'/],
  ['with another one', { confirm: 'yes' }, 5, /typed as it is; nothing was sent/],
  ['with a mistyped one', { prompt: typing('trade live') }, 5, /typed as it is/],
])('it does not %s', async (_what, changes, status, words) => {
  await expect(ask(changes)).rejects.toMatchObject({ status, message: expect.stringMatching(words) })
})

it('it does not before the sandbox is done, and asks for no sentence then', async () => {
  const prompt = { ask: () => Promise.reject(new Error('expected not to be asked')) }
  await expect(ask({ home: newHome(), prompt })).rejects.toMatchObject({ status: 5, message: /live is locked/ })
})
