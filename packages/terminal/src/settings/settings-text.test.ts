import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Preset, PresetSize, PresetStop, SizeKey } from '@scalpdesk/desk'
import { Decimal, epic } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonText } from './json-text.ts'
import { readSettings } from './read-settings.ts'
import {
  BELL_OUTCOMES,
  type Bell,
  DEFAULT_SETTINGS,
  DURABILITIES,
  ENVIRONMENTS,
  KEY_CONTEXTS,
  KEY_PROFILES,
  LANGUAGES,
  LAYOUTS,
  MODES,
  SESSION_REPORTS,
  SETTINGS_VERSION,
  type Settings,
  THEMES,
  TIME_FRAMES,
} from './settings.ts'
import { isProblem, problemText } from './settings-problem.ts'
import { fileFromSettings } from './settings-to-file.ts'

/** From settings to a file and back. */

const home = mkdtempSync(join(tmpdir(), 'settings-'))

/** The text of a file that says every setting. */
const settingsText = (settings: Settings): string =>
  jsonText({ version: Symbol(String(SETTINGS_VERSION)), ...fileFromSettings(settings) })

function writtenAndRead(settings: Settings): Settings {
  writeFileSync(join(home, 'settings.json'), settingsText(settings))
  const found = readSettings(home)
  if (isProblem(found)) throw new Error(found.map(problemText).join('\n'))
  const { from: _, ...read } = found
  return read
}

const oneOf = <Word>(words: readonly Word[]) => fc.constantFrom(...words)
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })

/** Any digits that a file may hold, far more than a float does. */
const amount = fc
  .tuple(fc.bigInt({ min: 1n, max: 999_999_999_999_999_999_999_999n }), fc.nat(12))
  .map(([digits, decimals]) => new Decimal(digits.toString()).div(new Decimal(10).pow(decimals)))
  .filter(value => value.lt('1e12') && value.decimalPlaces() <= 12)
const exact = fc
  .tuple(fc.stringMatching(/^(0|[1-9]\d{0,11})$/), fc.stringMatching(/^\d{0,12}$/))
  .map(([whole, decimals]) => new Decimal(decimals === '' ? whole : `${whole}.${decimals}`))
const positive = fc.oneof(
  exact.filter(value => value.gt(0)),
  amount,
)
const percent = positive.filter(value => value.lte(100))
const count = fc.oneof(fc.nat(1_000), fc.nat(999_999_999))
const anEpic = fc
  .stringMatching(/^[A-Za-z0-9._]{6,30}$/)
  .filter(text => !/pass|key|token|secret|cred|user|ident|login/i.test(text))
  // No market is called so, and as a key of JSON it would be lost.
  .filter(name => name !== '__proto__')
  .map(epic)
const time = fc.stringMatching(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
const name = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .filter(text => /^(?=.*\S)[^\p{Cc}]{1,40}$/u.test(text))

const size: fc.Arbitrary<PresetSize> = fc.oneof(
  positive.map(size => ({ kind: 'fixed', size }) as const),
  positive.map(amount => ({ kind: 'risk', risk: { kind: 'money', amount } }) as const),
  percent.map(percent => ({ kind: 'risk', risk: { kind: 'equity', percent } }) as const),
)
const stop: fc.Arbitrary<PresetStop> = fc.oneof(
  positive.map(distancePoints => ({ kind: 'normal', distancePoints }) as const),
  positive.map(distancePoints => ({ kind: 'guaranteed', distancePoints }) as const),
  fc
    .tuple(positive, positive)
    .map(([distancePoints, stepPoints]) => ({ kind: 'trailing', distancePoints, stepPoints }) as const),
)
const preset: fc.Arbitrary<Preset> = fc
  .record({
    name,
    sizes: fc.uniqueArray(fc.tuple(oneOf<SizeKey>([1, 2, 3, 4, 5, 6, 7, 8, 9]), size), {
      selector: ([key]) => key,
      minLength: 1,
    }),
    chosen: fc.nat(),
    stop: orNull(stop),
    limitPoints: orNull(positive),
  })
  .map(({ sizes, chosen, ...rest }) => ({
    ...rest,
    sizes: Object.fromEntries(sizes),
    sizeKey: sizes[chosen % sizes.length]?.[0] ?? 1,
  }))
const marketLimits = fc.record({
  maxOrderSize: orNull(exact),
  maxHeldSize: orNull(exact),
  maxSpreadPoints: orNull(exact),
})
const someLimits = fc.record(
  { maxOrderSize: orNull(exact), maxHeldSize: orNull(exact), maxSpreadPoints: orNull(exact) },
  { requiredKeys: [] },
)
const bell: fc.Arbitrary<Bell> = fc.oneof(
  oneOf<Bell>(['off', 'bell']),
  name.map(file => ({ file })),
)

const settings: fc.Arbitrary<Settings> = fc.record({
  environment: oneOf(ENVIRONMENTS),
  account: orNull(fc.stringMatching(/^[A-Za-z0-9-]{1,30}$/)),
  markets: fc.uniqueArray(
    fc.record({
      epic: anEpic,
      presets: fc.uniqueArray(preset, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ epic }) => epic, maxLength: 3 },
  ),
  mode: oneOf(MODES),
  timeZone: orNull(oneOf(['UTC', 'Europe/London', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])),
  guard: fc.record({
    allowedMarkets: orNull(fc.array(anEpic, { maxLength: 3 })),
    everyMarket: marketLimits,
    markets: fc.array(fc.tuple(anEpic, someLimits), { maxLength: 3 }).map(entries => new Map(entries)),
    maxOpenPositions: orNull(count),
    maxEntriesPerMinute: orNull(count),
    maxDayLoss: orNull(positive),
    maxLossStreak: orNull(count.map(value => Math.max(1, value))),
    coolDownMs: count,
    tradingHours: fc.array(
      fc.record({
        days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 }),
        from: time,
        until: time,
      }),
      { maxLength: 3 },
    ),
    minMarginLeft: orNull(exact),
    maxPriceAgeMs: count,
    duplicateWindowMs: count,
  }),
  watchdogs: fc.record({
    missingStop: orNull(fc.record({ of: oneOf(['any', 'wanted'] as const), closeAfterMs: orNull(count) })),
    foreignExposure: fc.boolean(),
    movedStop: fc.boolean(),
    minMarginPercent: orNull(positive),
    maxClockSkewMs: orNull(count),
    maxSilenceMs: orNull(count),
  }),
  keys: fc.record({
    profile: oneOf(KEY_PROFILES),
    own: fc.array(
      fc.record(
        {
          chord: fc.stringMatching(/^[!-~]{1,20}$/),
          action: orNull(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/)),
          context: oneOf(KEY_CONTEXTS),
          fires: oneOf(['press', 'tap'] as const),
        },
        { requiredKeys: ['chord', 'action'] },
      ),
      { maxLength: 3 },
    ),
    allowsChordTrades: fc.boolean(),
    disarmOnFocusLoss: fc.boolean(),
  }),
  screen: fc.record({
    theme: oneOf(THEMES),
    language: oneOf(LANGUAGES),
    layout: oneOf(LAYOUTS),
    timeFrame: oneOf(TIME_FRAMES),
    linear: fc.boolean(),
    linearPrice: fc.option(
      fc.record({
        points: fc.option(fc.integer({ min: 1, max: 100_000 })),
        seconds: fc.option(fc.integer({ min: 1, max: 3_600 })),
      }),
    ),
    reducedMotion: fc.boolean(),
    bell: fc.tuple(bell, bell, bell, bell).map(bells => {
      const [filled, rejected, denied, unknown] = bells
      return { filled, rejected, denied, unknown }
    }),
  }),
  journal: fc.record({ durability: oneOf(DURABILITIES) }),
  reports: fc.record({ atSessionEnd: oneOf(SESSION_REPORTS), withinMs: fc.integer({ min: 1_000, max: 120_000 }) }),
})

describe('the text of settings', () => {
  it('any settings written and read back are the same, to the last digit', () => {
    fc.assert(
      fc.property(settings, given => {
        const read = writtenAndRead(given)
        expect(comparable(read)).toEqual(comparable(given))
      }),
      { numRuns: 300 },
    )
  })

  it('writes an amount as a text where other readers of JSON would round it', () => {
    const { guard } = DEFAULT_SETTINGS
    const text = settingsText({
      ...DEFAULT_SETTINGS,
      guard: { ...guard, maxDayLoss: new Decimal('123456789012.123456') },
    })
    expect(text).toContain('"maxDayLoss": "123456789012.123456"')
  })

  it('has every outcome that can sound', () => {
    expect(Object.keys(DEFAULT_SETTINGS.screen.bell)).toEqual([...BELL_OUTCOMES])
  })
})

/** Decimals by their digits; maps as lists, because their order means nothing. */
function comparable(value: unknown): unknown {
  if (value instanceof Decimal) return `decimal ${value.toFixed()}`
  if (value instanceof Map) return [...value].map(comparable).toSorted()
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, comparable(item)]))
}
