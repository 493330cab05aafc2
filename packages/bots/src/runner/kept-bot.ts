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
  /** Parts of deals that it heard to have been closed. */
  readonly ended: readonly string[]
}

/** Where that is kept. Neither throws: a bot trades on where nothing can be kept. */
export interface BotKeeper {
  keep(kept: KeptBot): void
  forget(): void
}

/** @returns null for what no run has kept */
export function readKeptBot(value: unknown): KeptBot | null {
  if (!isObject(value) || !('state' in value) || !isObject(value.heard)) return null
  const { opened, ended } = value.heard
  return isTexts(opened) && isTexts(ended) ? { state: value.state, heard: { opened, ended } } : null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(each => typeof each === 'string')
