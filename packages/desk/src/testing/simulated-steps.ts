import fc from 'fast-check'
import type { Fate } from './simulated-broker.ts'
import type { Key } from './simulated-presses.ts'
import { HEALTHY, type Step } from './simulated-session.ts'

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(HEALTHY) },
  {
    weight: 3,
    arbitrary: fc.record({
      way: fc.constantFrom('dealt', 'dealt', 'dealt', 'rejected', 'refused', 'unsent', 'lost'),
      arrivesInMs: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 15_000 })),
      isReplyLost: fc.boolean(),
      repliesInMs: fc.integer({ min: 1, max: 2_000 }),
      streamedInMs: fc.option(fc.integer({ min: 0, max: 4_000 })),
      isStreamedTwice: fc.boolean(),
      foundInMs: fc.option(fc.integer({ min: 0, max: 4_000 })),
      rememberedInMs: fc.option(fc.integer({ min: 0, max: 30_000 })),
    }),
  },
)

const otherKey: fc.Arbitrary<Key> = fc.constantFrom<Key[]>(
  'flatten-market',
  'close',
  'close-half',
  'reverse',
  'breakeven',
  'stop-away',
  'stop-away',
  'stop-away',
  'join',
  'cancel',
  'cancel-all',
  'accept-unknown',
  'adopt',
)

/** Anything that may happen in a session. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press'), key: fc.constantFrom('BUY', 'SELL'), fate }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press'), key: fc.constant('flatten'), fate }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press'), key: otherKey, fate }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 1, max: 1_500 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 1, max: 70_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end-position'), isTold: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'open-elsewhere' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>(
      { do: 'place-working-order' },
      { do: 'remove-working-orders' },
      { do: 'fill-working-order' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('stream'), status: fc.constantFrom('lost', 'replaced', 'recovered') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('trades'), state: fc.constantFrom('listening', 'interrupted') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('readings'),
      are: fc.constantFrom('whole', 'whole', 'without-working-orders', 'failing'),
    }),
  },
)
