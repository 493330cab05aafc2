import {
  array,
  strictObject as fields,
  type infer as Infer,
  nullable,
  optional,
  record,
  refine,
  union,
  type ZodMiniOptional,
} from 'zod/mini'
import { amount, epic, named, oneOf, TOLD, text, told, whole, yesOrNo } from './setting-schemas.ts'
import {
  BELL_OUTCOMES,
  DURABILITIES,
  ENVIRONMENTS,
  KEY_CONTEXTS,
  KEY_PROFILES,
  LANGUAGES,
  LAYOUTS,
  MODES,
  SETTINGS_VERSION,
  THEMES,
  TIME_FRAMES,
} from './settings.ts'

const POINTS = { unit: 'points' }
const CONTRACTS = { unit: 'contracts' }
const MS = { unit: 'ms' }
const MONEY = { unit: "the account's currency" }

const size = union([
  amount('a size', { least: 'above 0' }),
  fields({
    riskMoney: optional(
      told(amount('an amount', { least: 'above 0' }), 'What may be lost when the stop is reached exactly.', {
        ...MONEY,
        example: '50',
      }),
    ),
    riskPercent: optional(
      told(amount('a share', { least: 'above 0', most: 100 }), 'The same as a share of the equity.', {
        unit: 'percent',
        example: '0.5',
      }),
    ),
  }).check(refine(risk => Object.keys(risk).length === 1, 'either riskMoney or riskPercent')),
]).register(TOLD, { expected: 'a size such as 0.5, {"riskMoney": 50} or {"riskPercent": 0.5}' })

const sizes = () => {
  const key = (digit: number) =>
    optional(
      told(size, 'What this key chooses: contracts, or the risk that they come from.', {
        ...CONTRACTS,
        example: SIZE_EXAMPLES[digit] ?? '2',
      }),
    )
  return fields({
    '1': key(1),
    '2': key(2),
    '3': key(3),
    '4': key(4),
    '5': key(5),
    '6': key(6),
    '7': key(7),
    '8': key(8),
    '9': key(9),
  }).check(refine(given => Object.keys(given).length > 0, 'a size on at least one of the keys 1 to 9'))
}

const SIZE_EXAMPLES: Readonly<Record<number, string>> = { 1: '0.5', 2: '{"riskMoney": 50}', 3: '{"riskPercent": 0.5}' }

const stop = fields({
  points: told(amount('a distance', { least: 'above 0' }), 'How far away the stop is when the entry is sent.', {
    ...POINTS,
    example: '12',
  }),
  kind: optional(
    told(oneOf(['normal', 'guaranteed', 'trailing']), 'A guaranteed one costs a premium when it is reached.', {
      usual: '"normal"',
      example: '"trailing"',
    }),
  ),
  step: optional(
    told(
      amount('a distance', { least: 'above 0' }),
      'How far the price goes before a trailing stop follows; only for `trailing`.',
      {
        ...POINTS,
        example: '2',
      },
    ),
  ),
}).check(
  refine(
    ({ kind, step }) => (kind === 'trailing') === (step !== undefined),
    'a step with a trailing stop, and with no other',
  ),
)

const preset = fields({
  name: told(text('a name of at most 40 characters', /^(?=.*\S)[^\p{Cc}]{1,40}$/u), 'What the screen calls it.', {
    example: '"scalp"',
  }),
  sizes: told(sizes(), 'What the keys 1 to 9 choose.'),
  sizeKey: optional(told(whole(1, 9), 'The size that is chosen at first.', { usual: 'the lowest', example: '1' })),
  stop: told(
    nullable(stop),
    'The stop that each entry carries from the start; `null` for none: then a position has no stop.',
  ),
  limit: optional(
    told(nullable(amount('a distance', { least: 'above 0' })), 'How far away the limit is; `null` for none.', {
      ...POINTS,
      usual: 'null',
      example: '20',
    }),
  ),
}).check(
  refine(
    ({ sizes = {}, sizeKey }) => sizeKey === undefined || Object.hasOwn(sizes, sizeKey),
    'a preset that has a size on the key that its sizeKey names',
  ),
)

const market = fields({
  epic: told(epic(), "IG's name of the market.", { example: '"CS.D.EURUSD.CFD.IP"' }),
  presets: told(
    array(preset).check(
      refine(presets => presets.length > 0, 'at least one preset'),
      refine(presets => new Set(presets.map(({ name }) => name)).size === presets.length, 'presets of different names'),
    ),
    'Orders prepared in advance. The first one is chosen at the start.',
  ),
})

const marketLimits = () => ({
  maxOrderSize: optional(
    told(nullable(amount('a size', { least: 'from 0' })), 'The largest order.', { ...CONTRACTS, example: '2' }),
  ),
  maxHeldSize: optional(
    told(
      nullable(amount('a size', { least: 'from 0' })),
      'The most of positions, working orders and entries under way in a market, both sides added.',
      { ...CONTRACTS, example: '4' },
    ),
  ),
  maxSpreadPoints: optional(
    told(nullable(amount('a spread', { least: 'from 0' })), 'The widest spread at which an entry is sent.', {
      ...POINTS,
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

const guard = fields({
  allowedMarkets: optional(
    told(nullable(array(epic())), 'The only markets that entries are allowed in; `null`: all of the desk.', {
      example: '["CS.D.EURUSD.CFD.IP"]',
    }),
  ),
  everyMarket: optional(told(fields(marketLimits()), 'For each market that has none of its own.')),
  markets: optional(
    told(record(epic(), fields(marketLimits())), 'Limits of one market, by its epic, over those of every market.'),
  ),
  maxOpenPositions: optional(
    told(nullable(whole(0)), 'Positions, working orders and entries under way together.', { example: '3' }),
  ),
  maxEntriesPerMinute: optional(told(nullable(whole(0)), 'Entries in any 60 seconds.', { example: '10' })),
  maxDayLoss: optional(
    told(
      nullable(amount('an amount', { least: 'above 0' })),
      'The loss of a day, realised and open together, that locks the day: no more entries until the next one.',
      { ...MONEY, example: '200' },
    ),
  ),
  maxLossStreak: optional(told(nullable(whole(1)), 'Losing deals in a row that begin a cool-down.', { example: '3' })),
  coolDownMs: optional(told(whole(0), 'How long a cool-down lasts.', { ...MS, example: '300000' })),
  tradingHours: optional(
    told(array(hoursSpan), 'When entries are allowed: within any of the spans, in `timeZone`; none means at any time.'),
  ),
  minMarginLeft: optional(
    told(
      nullable(amount('an amount', { least: 'from 0' })),
      'What must stay available after the margin of an entry; with `null` an unknown margin is let pass.',
      { ...MONEY, example: '500' },
    ),
  ),
  maxPriceAgeMs: optional(told(whole(0), 'The oldest price that an entry is sent at.', { ...MS, example: '5000' })),
  duplicateWindowMs: optional(
    told(whole(0), 'A second identical press within it is refused; 0: none is.', { ...MS, example: '250' }),
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
      ...MS,
      example: '5000',
    }),
  ),
})

const watchdogs = fields({
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
      ...MS,
      example: '2000',
    }),
  ),
  maxSilenceMs: optional(
    told(nullable(whole(0)), 'Says when nothing was heard from the stream for so long; `null`: does not.', {
      ...MS,
      example: '3000',
    }),
  ),
})

const ownKey = fields({
  chord: told(text('a key such as f5 or ctrl+k', /^\S{1,40}$/), 'The key, as the key table names it.', {
    example: '"f5"',
  }),
  action: told(
    nullable(text('an action such as flatten', /^[a-z][a-z0-9-]{0,39}$/)),
    'What it does, as the key table names it; `null` takes its action away.',
    { example: '"close-half"' },
  ),
  context: optional(told(oneOf(KEY_CONTEXTS), 'Where it does so.', { usual: '"trading"', example: '"trading"' })),
  fires: optional(
    told(oneOf(['press', 'tap']), 'When a bare modifier key acts: on `press`, a chord such as Ctrl+C acts, too.', {
      usual: '"tap" for those, "press" for others',
      example: '"tap"',
    }),
  ),
})

const keys = fields({
  profile: optional(told(oneOf(KEY_PROFILES), 'Which keys there are at first.', { example: '"arrows"' })),
  own: optional(told(array(ownKey), 'Keys of your own, over those of the profile.')),
  allowsChordTrades: optional(
    told(yesOrNo(), 'Lets a bare Ctrl key act when it is pressed: then Ctrl+C trades.', { example: 'false' }),
  ),
  disarmOnFocusLoss: optional(
    told(yesOrNo(), 'Disarms entries when another window takes the keyboard.', { example: 'true' }),
  ),
})

const bell = () =>
  union([
    oneOf(['off', 'bell']),
    fields({
      file: told(text('the path of a sound file', /^[^\p{Cc}]{1,1000}$/u), 'A sound file to play.', {
        example: '"/home/me/filled.wav"',
      }),
    }),
  ]).register(TOLD, { expected: 'off, bell or {"file": "…"}' })

const screen = fields({
  theme: optional(
    told(oneOf(THEMES), 'Colours; sides and states are always told by words and signs, too.', { example: '"light"' }),
  ),
  language: optional(told(oneOf(LANGUAGES), 'Of the screen.', { example: '"fr"' })),
  layout: optional(
    told(oneOf(LAYOUTS), 'Which panes are shown; `auto`: as many as there is room for.', { example: '"ladder"' }),
  ),
  timeFrame: optional(told(oneOf(TIME_FRAMES), 'Of the chart.', { example: '"1m"' })),
  linear: optional(told(yesOrNo(), 'Tells events as lines, for a screen reader.', { example: 'true' })),
  reducedMotion: optional(told(yesOrNo(), 'Nothing flashes or moves that does not have to.', { example: 'true' })),
  bell: optional(
    told(
      fields(
        Object.fromEntries(
          BELL_OUTCOMES.map(outcome => [
            outcome,
            optional(
              told(bell(), `The sound when an order is ${outcome}: none, the terminal's bell, or a file.`, {
                example: '"bell"',
              }),
            ),
          ]),
        ) as Record<(typeof BELL_OUTCOMES)[number], ZodMiniOptional<ReturnType<typeof bell>>>,
      ),
      'Sounds for outcomes.',
    ),
  ),
})

/** The settings file: what stands where, in one table. The check, the JSON Schema, the README and the example come from it. */
export const FILE_SCHEMA = fields({
  $schema: optional(
    told(text('a text', /^/), 'Where editors find `settings.schema.json`; the program does not read it.', {
      example: '"./settings.schema.json"',
    }),
  ),
  version: optional(
    told(whole(SETTINGS_VERSION, SETTINGS_VERSION), "The file's form. An older one is migrated, a newer one refused.", {
      example: String(SETTINGS_VERSION),
    }),
  ),
  environment: optional(told(oneOf(ENVIRONMENTS), 'Which broker unless `--env` says.', { example: '"demo"' })),
  account: optional(
    told(
      nullable(text('an account id such as ABC12', /^[A-Za-z0-9-]{1,30}$/)),
      'Which account; `null`: the one that the broker signs in to.',
      {
        example: '"ABC12"',
      },
    ),
  ),
  mode: optional(
    told(oneOf(MODES), '`net`: the opposite key reduces first. `hedge`: it opens the other side.', {
      example: '"net"',
    }),
  ),
  timeZone: optional(
    told(
      nullable(named('a time zone such as Europe/London', zoneName)),
      "In which the day begins and hours are read; `null`: the broker's.",
      {
        example: '"Europe/London"',
      },
    ),
  ),
  markets: optional(
    told(
      array(market).check(
        refine(markets => new Set(markets.map(({ epic }) => epic)).size === markets.length, 'each market once'),
      ),
      'The markets of the desk. The first one is shown at the start; none: EUR/USD with its usual preset.',
    ),
  ),
  guard: optional(told(guard, 'What is refused before it leaves. Exits always pass.')),
  watchdogs: optional(told(watchdogs, 'What is watched and said.')),
  keys: optional(told(keys, 'The keys of the trading screen.')),
  screen: optional(told(screen, 'How the screen looks at first.')),
  journal: optional(
    told(
      fields({
        durability: optional(
          told(
            oneOf(DURABILITIES),
            'What the record of an order has to survive before the order leaves: `written` a crash of the program, `flushed` a power cut.',
            { example: '"flushed"' },
          ),
        ),
      }),
      'The record of what was done.',
    ),
  ),
})

/** What stands in a file that has no problem. */
export type SettingsFile = Infer<typeof FILE_SCHEMA>

function zoneName(written: string): string | null {
  // Offsets such as +01:00 are zones to Intl, but know nothing of summer time.
  if (!/^[A-Za-z][\w+/-]{0,59}$/.test(written)) return null
  try {
    new Intl.DateTimeFormat('en', { timeZone: written })
    return written
  } catch {
    return null
  }
}
