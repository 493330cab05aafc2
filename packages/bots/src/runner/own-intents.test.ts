import { type DeskState, initialState, type TrackedOrder } from '@scalpdesk/desk'
import { Decimal, dealId, dealReference, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { OwnBook } from './own-book.ts'
import { ownIntents } from './own-intents.ts'
import { OwnNames } from './own-names.ts'

// A bot's flatten reaches what is its own: it is the whole market's only where nobody else has anything there, or anything on its way.

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const NOBODY = initialState({ contracts: [], accountCurrency: 'EUR' })

function holding(name: string, reference: string) {
  const held = { dealId: dealId(name), reference: dealReference(reference), epic: EURUSD, marketName: 'EUR/USD' }
  const size = {
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.1'),
    contractSize: new Decimal(1),
  } as const
  const legs = { stopLevel: null, limitLevel: null, isGuaranteed: false, trailingStop: null }
  const origin = {
    origin: 'ours',
    isStopWanted: false,
    firstSeenAtMs: 0,
    toldAtMs: null,
    seen: { kind: 'listed' },
  } as const
  return { ...held, ...size, ...legs, ...origin, currency: 'USD', pointsPerUnit: 10_000, openedWallMs: null }
}

/** Somebody's entry that has no outcome yet. */
function pendingEntry(reference: string): TrackedOrder {
  const times = { decidedAtMs: null, journalledAtMs: null, wireAtMs: null, acknowledgedAtMs: null, confirmedAtMs: null }
  return {
    id: dealReference(reference),
    purpose: {
      kind: 'open',
      epic: EURUSD,
      direction: 'BUY',
      size: new Decimal(1),
      seenLevel: new Decimal('1.1'),
      stopPoints: null,
    },
    reference: dealReference(reference),
    sentWallMs: 0,
    stage: { kind: 'sending', sinceMs: 0 },
    timing: { pressedAtMs: 0, ...times, paintedAtMs: null },
    sentBrokerMs: null,
  }
}

function flattenOn(change: Partial<DeskState>) {
  const state: DeskState = {
    ...NOBODY,
    holdings: new Map([[dealId('DMINE'), holding('DMINE', 'MINE')]]),
    callers: new Map([[dealReference('MINE-2'), 'bot:mine']]),
    ...change,
  }
  const book = new OwnBook(new OwnNames({ references: new Set(['MINE']), deals: new Map() }), [])
  book.takeOver(state, null)
  const own = ownIntents({ kind: 'flatten' }, { by: 'bot:mine', state, book, markets: [EURUSD], here: EURUSD })
  return own.kind === 'press' ? own.intents : own
}

const WHOLE_MARKET = [{ kind: 'flatten', scope: { kind: 'market', epic: EURUSD } }]
const ITS_OWN = [{ kind: 'close', dealId: 'DMINE', part: 'all' }]

it('flattens the market where all that is there is its own, also what is on its way', () => {
  expect(flattenOn({})).toEqual(WHOLE_MARKET)
  expect(flattenOn({ orders: new Map([['MINE-2', pendingEntry('MINE-2')]]) })).toEqual(WHOLE_MARKET)
})

it('closes its own alone where somebody else holds something there, or is about to', () => {
  const theirs = new Map([
    [dealId('DMINE'), holding('DMINE', 'MINE')],
    [dealId('DTHEIRS'), holding('DTHEIRS', 'THEIRS')],
  ])
  expect(flattenOn({ holdings: theirs })).toEqual(ITS_OWN)
  expect(flattenOn({ orders: new Map([['KEY-1', pendingEntry('KEY-1')]]) })).toEqual(ITS_OWN)
})
