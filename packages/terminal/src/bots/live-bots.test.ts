import { BOT_LIMITS } from '@scalpdesk/bots/runner'
import { Decimal, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { ExitError } from '../exit-status.ts'
import { LIVE_SENTENCE } from '../session/arming.ts'
import { type BotConsentAsk, consentToBots, consentWords } from './live-bots.ts'

/** What lets bots trade with real money: the sentence for the whole run, or a flag for each market. */

const [EURUSD, DAX] = [epic('CS.D.EURUSD.CFD.IP'), epic('IX.D.DAX.IFD.IP')]

function ask(change: Partial<BotConsentAsk>): BotConsentAsk {
  const words = 'reverter may trade CS.D.EURUSD.CFD.IP and IX.D.DAX.IFD.IP by itself'
  return { words, epics: [EURUSD, DAX], confirm: [], prompt: null, account: 'ABC12', ...change }
}

const person = (typed: string, said: string[] = []) => ({
  say: (text: string) => void said.push(text),
  ask: async () => typed,
  confirm: async () => false,
  close() {},
})

it('takes one sentence for all markets, after it has said what will be traded on which account', async () => {
  const said: string[] = []
  const consent = await consentToBots(ask({ prompt: person(LIVE_SENTENCE, said) }))
  expect(said.join()).toMatch(/REAL MONEY, account ABC12: reverter may trade CS\.D\.EURUSD.* by itself/)
  expect([consent(EURUSD), consent(null)]).toEqual([LIVE_SENTENCE, LIVE_SENTENCE])
})

it('takes nothing else for the sentence', async () => {
  await expect(consentToBots(ask({ prompt: person('yes') }))).rejects.toThrow(ExitError)
})

it('takes a flag for each market, and each order shows its own', async () => {
  const confirm = ['ABC12:CS.D.EURUSD.CFD.IP', 'ABC12:IX.D.DAX.IFD.IP']
  const consent = await consentToBots(ask({ confirm }))
  expect([consent(EURUSD), consent(DAX)]).toEqual(confirm)
})

it.each([
  ['no flag for one of the markets', ['ABC12:CS.D.EURUSD.CFD.IP']],
  ['flags of another account', ['XYZ99:CS.D.EURUSD.CFD.IP', 'XYZ99:IX.D.DAX.IFD.IP']],
])('refuses %s, and names what is missing', async (_what, confirm) => {
  await expect(consentToBots(ask({ confirm }))).rejects.toThrow(/expected --confirm-live ABC12:\S+ .*nothing was sent/)
})

it('says of each limit what it is, and loudly which ones there are none of', () => {
  const limits = { maxLossCents: 10_000, maxSize: new Decimal(2), maxOrdersPerMinute: 30, maxPositions: 1 }
  expect(consentWords(['reverter'], [EURUSD], limits, 'EUR')).toBe(
    'reverter may trade CS.D.EURUSD.CFD.IP without asking: at most 100.00 EUR lost on a day, a size of at most 2, 1 positions, 30 orders a minute',
  )
  expect(consentWords(['one', 'two'], [EURUSD, DAX], BOT_LIMITS, 'EUR')).toBe(
    'one, two may each trade CS.D.EURUSD.CFD.IP, IX.D.DAX.IFD.IP without asking: NO LIMIT of the loss of a day but the guard (--max-loss), NO LIMIT of the size but the guard (--max-size), 10 positions, 30 orders a minute',
  )
})
