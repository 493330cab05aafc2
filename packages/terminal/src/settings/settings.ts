import { DEFAULT_WATCH, type GuardLimits, type Mode, NO_LIMITS, type Preset, type WatchSettings } from '@scalpdesk/desk'
import type { Epic } from '@scalpdesk/sdk'

/** What the settings file says, with the default of each part that it leaves out. Amounts are exact. */
export interface Settings {
  readonly environment: Environment
  /** `null`: the one that the broker signs in to. */
  readonly account: string | null
  /** None: the default market with its usual preset. */
  readonly markets: readonly MarketSettings[]
  readonly mode: Mode
  /** IANA name; `null`: as the broker says. */
  readonly timeZone: string | null
  readonly guard: GuardSettings
  readonly watchdogs: WatchSettings
  readonly keys: KeySettings
  readonly screen: ScreenSettings
  readonly journal: { readonly durability: Durability }
  readonly reports: ReportSettings
}

export interface ReportSettings {
  /** What is written of the day by itself when a session of the screen ends. */
  readonly atSessionEnd: (typeof SESSION_REPORTS)[number]
  /** The longest that quitting waits for it. */
  readonly withinMs: number
}

export interface MarketSettings {
  readonly epic: Epic
  readonly presets: readonly Preset[]
}

/** One list of hours: entries are allowed within any of its spans; none means at any time. */
interface GuardSettings extends Omit<GuardLimits, 'tradingHours'> {
  readonly tradingHours: GuardLimits['tradingHours'][number]
}

interface KeySettings {
  readonly profile: KeyProfile
  /** Over those of the profile. */
  readonly own: readonly OwnKey[]
  readonly allowsChordTrades: boolean
  readonly disarmOnFocusLoss: boolean
}

export interface OwnKey {
  readonly chord: string
  /** `null` takes the key's action away. */
  readonly action: string | null
  readonly context?: KeyContext
  readonly fires?: 'press' | 'tap'
}

interface ScreenSettings {
  readonly theme: (typeof THEMES)[number]
  readonly language: (typeof LANGUAGES)[number]
  readonly layout: (typeof LAYOUTS)[number]
  readonly timeFrame: (typeof TIME_FRAMES)[number]
  /** Events as lines, for a screen reader. */
  readonly linear: boolean
  /** When the price is said among them by itself. */
  readonly linearPrice: LinearPrice | null
  readonly reducedMotion: boolean
  readonly bell: Readonly<Record<BellOutcome, Bell>>
}

/** Once it has moved so many points, or after so many seconds in which it changed: what is given, whichever comes first. */
interface LinearPrice {
  readonly points: number | null
  readonly seconds: number | null
}

/** A sound for an outcome. */
export type Bell = 'off' | 'bell' | { readonly file: string }

type Environment = (typeof ENVIRONMENTS)[number]
type KeyProfile = (typeof KEY_PROFILES)[number]
type KeyContext = (typeof KEY_CONTEXTS)[number]
type BellOutcome = (typeof BELL_OUTCOMES)[number]
type Durability = (typeof DURABILITIES)[number]

export const ENVIRONMENTS = ['mock', 'demo', 'live'] as const
export const MODES = ['hedge', 'net'] as const satisfies readonly Mode[]
export const KEY_PROFILES = ['scalper', 'arrows'] as const
export const KEY_CONTEXTS = ['trading', 'question', 'help', 'text'] as const
export const THEMES = ['dark', 'light', 'contrast', 'colour-blind'] as const
export const LANGUAGES = ['en', 'fr'] as const
export const LAYOUTS = ['auto', 'price', 'ladder', 'blotter', 'markets'] as const
export const TIME_FRAMES = ['ticks', '5s', '15s', '1m', '5m'] as const
export const BELL_OUTCOMES = ['filled', 'rejected', 'denied', 'unknown'] as const
/** docs/decisions/journal-durability.md */
export const DURABILITIES = ['written', 'flushed'] as const
export const SESSION_REPORTS = ['off', 'html', 'md', 'json', 'xlsx', 'csv'] as const

/** Of the file's form. A file without a version has this one. */
export const SETTINGS_VERSION = 1

/** What counts without a settings file. Nothing is limited but what is never wanted; the rest is our choice. */
export const DEFAULT_SETTINGS: Settings = {
  environment: 'mock',
  account: null,
  markets: [],
  mode: 'hedge',
  timeZone: null,
  guard: { ...NO_LIMITS, tradingHours: [] },
  watchdogs: DEFAULT_WATCH,
  keys: { profile: 'scalper', own: [], allowsChordTrades: false, disarmOnFocusLoss: false },
  screen: {
    theme: 'dark',
    language: 'en',
    layout: 'auto',
    timeFrame: 'ticks',
    linear: false,
    linearPrice: null,
    reducedMotion: false,
    bell: { filled: 'off', rejected: 'off', denied: 'off', unknown: 'off' },
  },
  journal: { durability: 'written' },
  reports: { atSessionEnd: 'off', withinMs: 10_000 },
}
