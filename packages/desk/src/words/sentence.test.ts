import { expect, it } from 'vitest'
import { aConfirm } from '../testing/confirm-fixtures.ts'
import { aReadyDesk } from '../testing/driven-desk.ts'
import type { Message } from './message.ts'
import { sentence } from './sentence.ts'
import { SAID } from './testing/said.ts'

const everything = Object.entries(SAID).flatMap(([id, samples]) => samples.map(values => ({ id, values }) as Message))
const english = (message: Message) => sentence(message, 'en')
const french = (message: Message) => sentence(message, 'fr')

it('says what happens in a session from its messages, in either language', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.streamConfirm(aConfirm(id, 'DI1'))
  for (const { text, message } of desk.state.news) expect(text).toBe(english(message))
  expect(french(desk.state.outcome.message)).toMatch(/^EXÉCUTÉ : ACHETÉ 1 EUR\/USD Mini à 1\.\d+/)
})

it('has every sentence in French, and leaves no value out', () => {
  for (const message of everything) {
    if (message.id === 'told') continue
    expect(french(message), message.id).not.toBe(english(message))
    expect(
      french(message)
        .match(/\d+(?:[.:]\d+)*/g)
        ?.toSorted(),
      french(message),
    ).toEqual(
      english(message)
        .match(/\d+(?:[.:]\d+)*/g)
        ?.toSorted(),
    )
  }
})

it('writes French as French is written', () => {
  for (const message of everything) {
    if (message.id === 'told') continue
    const said = french(message)
    expect(said).not.toMatch(/undefined|\bnull\b|\[object|NaN(?!\u00a0;)|'/)
    // A space that does not break before these, but within a time, and none before a comma.
    expect(said, said).not.toMatch(/[^\u00a0][;?!%]|[^\u00a0\d]:| ,| {2}/)
    expect(said, said).not.toMatch(/\b(?:the|and|is|are|BUY|SELL|FLAT|stop is)\b/)
  }
})

const heads = (say: (message: Message) => string, id: Message['id']) =>
  everything.filter(message => message.id === id).map(message => say(message).split(/[\s,:]/)[0])

it.each([
  [english, ['DENIED', 'REJECTED', 'UNKNOWN']],
  [french, ['BLOQUÉ', 'REFUSÉ', 'INCONNU']],
] as const)(
  'keeps what we held back, what the broker refused and what nobody knows apart by their first word',
  (say, words) => {
    const [ours, theirs, unknown] = words
    expect(new Set([...heads(say, 'denied'), ...heads(say, 'denied-order')])).toEqual(new Set([ours]))
    expect(new Set(heads(say, 'rejected'))).toEqual(new Set([theirs]))
    expect(new Set([...heads(say, 'checking'), ...heads(say, 'unresolved')])).toEqual(new Set([unknown]))
  },
)

it.each(['en', 'fr'] as const)(
  'says that something is flat by a word that no other sentence begins with: %s',
  language => {
    const word =
      sentence({ id: 'flat', values: { market: null } }, language)
        .split(' :')[0]
        ?.split(':')[0] ?? ''
    const others = everything.filter(({ id }) => id !== 'flat').map(message => sentence(message, language))
    expect(others.filter(text => text.startsWith(word))).toEqual([])
  },
)

it('carries plain data: a message that was written down and read again says the same', () => {
  for (const message of everything) {
    const read = JSON.parse(JSON.stringify(message)) as Message
    expect(read).toEqual(message)
    expect(french(read)).toBe(french(message))
  }
})

it('says what a known reason of the broker means, beside its own word, and leaves any other as it came', () => {
  const order = { kind: 'open', direction: 'BUY', size: '1' } as const
  const rejected = (reason: string): Message => ({ id: 'rejected', values: { order, reason } })
  expect(english(rejected('MARKET_CLOSED'))).toBe('REJECTED by the broker, BUY 1: the market is closed (MARKET_CLOSED)')
  expect(french(rejected('MARKET_CLOSED'))).toBe(
    'REFUSÉ PAR LE COURTIER, ACHAT 1 : le marché est fermé (MARKET_CLOSED)',
  )
  expect(french(rejected('error.new-one'))).toBe('REFUSÉ PAR LE COURTIER, ACHAT 1 : error.new-one')
})

it.each([
  ['flat', 'À PLAT : le courtier n’indique ni position ni ordre en attente'],
  [
    'not-flat',
    'PAS À PLAT sur EUR/USD Mini : une position n’a pas pu être clôturée ; appuyez de nouveau, ou passez par la plateforme du courtier',
  ],
  [
    'checking',
    'INCONNU — VÉRIFICATION : ACHAT 2, envoi fait, mais sa confirmation n’est pas venue ; rien n’est envoyé de nouveau',
  ],
  ['closing', 'CLÔTURE EN COURS : ACHAT 2 EUR/USD Mini'],
  [
    'day-locked',
    'JOURNÉE VERROUILLÉE : perte de 100.00 sur 100.00 permis ; les entrées sont bloquées jusqu’au prochain jour du courtier, clôturer reste possible',
  ],
] as const)('says in French, of %s: %s', (id, text) => {
  expect(everything.filter(message => message.id === id).map(french)[0]).toBe(text)
})
