import { array, strictObject as fields, nullable, optional, record, refine } from 'zod/mini'
import { amount, epic, oneOf, text, told, UNIT, whole, yesOrNo } from './setting-schemas.ts'

/** @param usual what counts without it, where the default settings do not say */
const marketLimits = (usual: { readonly usual?: string } = {}) => ({
  maxOrderSize: optional(
    told(nullable(amount('a size', { least: 'from 0' })), 'The largest order.', {
      ...UNIT.contracts,
      ...usual,
      example: '2',
    }),
  ),
  maxHeldSize: optional(
    told(
      nullable(amount('a size', { least: 'from 0' })),
      'The most of positions, working orders and entries under way in a market, both sides added.',
      { ...UNIT.contracts, ...usual, example: '4' },
    ),
  ),
  maxSpreadPoints: optional(
    told(nullable(amount('a spread', { least: 'from 0' })), 'The widest spread at which an entry is sent.', {
      ...UNIT.points,
      ...usual,
      example: '1.5',
    }),
  ),
})

const time = () => text('a time such as 09:30', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)

const hoursSpan = fields({
  days: told(
    array(oneOf(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).check(
      refine(days => days.length > 0, 'at least one day such as "mon"'),
    ),
    'On which days the span begins.',
    { example: '["mon", "tue"]' },
  ),
  from: told(time(), 'Its first minute.', { example: '"09:00"' }),
  until: told(
    time(),
    'Its end, not within it any more; at or before `from`: of the next day. `24:00` is the end of the day.',
    {
      example: '"17:30"',
    },
  ),
})

/** `GuardLimits` of the desk. */
export const guard = fields({
  allowedMarkets: optional(
    told(nullable(array(epic())), 'The only markets that entries are allowed in; `null`: all of the desk.', {
      example: '["CS.D.EURUSD.CFD.IP"]',
    }),
  ),
  everyMarket: optional(told(fields(marketLimits()), 'For each market that has none of its own.')),
  markets: optional(
    told(
      record(epic(), fields(marketLimits({ usual: 'as in `everyMarket`' }))),
      'Limits of one market, by its epic, over those of every market.',
    ),
  ),
  maxOpenPositions: optional(
    told(nullable(whole(0)), 'Positions, working orders and entries under way together.', { example: '3' }),
  ),
  maxEntriesPerMinute: optional(told(nullable(whole(0)), 'Entries in any 60 seconds.', { example: '10' })),
  maxDayLoss: optional(
    told(
      nullable(amount('an amount', { least: 'above 0' })),
      'The loss of a day, realised and open together, that locks the day: no more entries until the next one.',
      { ...UNIT.money, example: '200' },
    ),
  ),
  maxLossStreak: optional(told(nullable(whole(1)), 'Losing deals in a row that begin a cool-down.', { example: '3' })),
  coolDownMs: optional(told(whole(0), 'How long a cool-down lasts.', { ...UNIT.ms, example: '300000' })),
  tradingHours: optional(
    told(array(hoursSpan), 'When entries are allowed: within any of the spans, in `timeZone`; none means at any time.'),
  ),
  minMarginLeft: optional(
    told(
      nullable(amount('an amount', { least: 'from 0' })),
      'What must stay available after the margin of an entry; with `null` an unknown margin is let pass.',
      { ...UNIT.money, example: '500' },
    ),
  ),
  maxPriceAgeMs: optional(
    told(whole(0), 'The oldest price that an entry is sent at.', { ...UNIT.ms, example: '5000' }),
  ),
  duplicateWindowMs: optional(
    told(whole(0), 'A second identical press within it is refused; 0: none is.', { ...UNIT.ms, example: '250' }),
  ),
})

const missingStop = fields({
  of: optional(
    told(
      oneOf(['any', 'wanted']),
      '`any`: every position has to have a stop. `wanted`: those that were sent with one.',
      {
        example: '"wanted"',
      },
    ),
  ),
  closeAfterMs: optional(
    told(nullable(whole(0)), 'Closes a position whose stop has been missing for so long; `null`: only says so.', {
      ...UNIT.ms,
      example: '5000',
    }),
  ),
})

/** `WatchSettings` of the desk. */
export const watchdogs = fields({
  missingStop: optional(told(nullable(missingStop), 'Says when a position has no stop; `null`: does not.')),
  foreignExposure: optional(
    told(yesOrNo(), 'Says when something is open that this desk did not open.', { example: 'false' }),
  ),
  movedStop: optional(told(yesOrNo(), 'Says when a stop was moved elsewhere.', { example: 'false' })),
  minMarginPercent: optional(
    told(
      nullable(amount('a share', { least: 'above 0' })),
      'Says when the equity falls below this share of the margin in use; `null`: does not.',
      { unit: 'percent', example: '150' },
    ),
  ),
  maxClockSkewMs: optional(
    told(nullable(whole(0)), "Says when this machine's clock and the broker's are further apart; `null`: does not.", {
      ...UNIT.ms,
      example: '2000',
    }),
  ),
  maxSilenceMs: optional(
    told(nullable(whole(0)), 'Says when nothing was heard from the stream for so long; `null`: does not.', {
      ...UNIT.ms,
      example: '3000',
    }),
  ),
})
