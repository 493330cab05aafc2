/** What a bot keeps for its next run beside the journal. Plain data, as JSON can hold it. */
export interface KeptBot {
  /** What its strategy remembers. */
  readonly state: unknown
  readonly heard: Heard
}

/** What its strategy knows of already. */
export interface Heard {
  /** Deals that it heard to have opened. */
  readonly opened: readonly string[]
  /** How much of deals it heard to have been closed, as text: desks of different processes name the closes differently. */
  readonly closed: Readonly<Record<string, string>>
}

export const NOTHING_HEARD: Heard = { opened: [], closed: {} }

/** Where that is kept. Neither throws: a bot trades on where nothing can be kept. */
export interface BotKeeper {
  keep(kept: KeptBot): void
  forget(): void
}

/** @returns null for what no run has kept */
export function readKeptBot(value: unknown): KeptBot | null {
  if (!isObject(value) || !('state' in value) || !isObject(value.heard)) return null
  const { opened, closed } = value.heard
  return isTexts(opened) && areFigures(closed) ? { state: value.state, heard: { opened, closed } } : null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const areFigures = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(each => typeof each === 'string' && /^\d+(\.\d+)?$/.test(each))

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(each => typeof each === 'string')
