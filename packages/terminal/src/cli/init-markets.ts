import { marketTerms, type Preset, presetProblems } from '@scalpdesk/desk'
import { epic as asEpic, Decimal, type Epic, type Ig, type MarketDetails, RefusedError } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { DEFAULT_EPIC, presetFor } from '../session/default-presets.ts'
import type { MarketSettings } from '../settings/settings.ts'
import { loginFailure } from './broker-login.ts'
import { excerpt } from './flag-values.ts'
import { answered } from './init-question.ts'
import type { Prompt } from './prompt.ts'
import type { MarketOptions } from './start-markets.ts'

/** The markets with a preset each, as the person wants them and the broker takes them. @throws ExitError */
export async function initMarkets(
  ig: Pick<Ig, 'markets' | 'account'>,
  prompt: Prompt | null,
  options: MarketOptions,
  present: readonly MarketSettings[],
): Promise<readonly MarketSettings[]> {
  const details = await chosenMarkets(ig, prompt, options.epic, present)
  const markets: MarketSettings[] = []
  for (const [at, market] of details.entries()) {
    const before = present.find(one => one.epic === market.epic)?.presets ?? []
    const [first = presetFor(market, {}), ...others] = before
    // Flags say how the first market is traded, as at the start of the screen.
    const preset = await askedPreset(first, market, ig.account.currency, prompt, at === 0 ? options : {})
    markets.push({ epic: market.epic, presets: [preset, ...others] })
  }
  return markets
}

async function chosenMarkets(
  ig: Pick<Ig, 'markets'>,
  prompt: Prompt | null,
  given: readonly string[] | undefined,
  present: readonly MarketSettings[],
): Promise<readonly MarketDetails[]> {
  const epics = given ?? (present.length > 0 ? present.map(one => one.epic) : [DEFAULT_EPIC])
  const markets: MarketDetails[] = []
  for (const name of new Set(epics)) markets.push(await marketOf(ig, name))
  if (given !== undefined || !prompt) return markets
  for (;;) {
    const names = markets.map(({ name }) => printable(name)).join(', ')
    const added = await answered<MarketDetails | null>(prompt, undefined, {
      words: `Markets: ${names}. Another one, by a part of its name or its epic`,
      usual: { words: 'no more', answer: null },
      read: text => foundMarket(ig, prompt, text),
    })
    if (added === null) return markets
    if (!markets.some(({ epic }) => epic === added.epic)) markets.push(added)
    prompt.say(`${added.name} (${added.epic}) is there.`)
  }
}

async function foundMarket(ig: Pick<Ig, 'markets'>, prompt: Prompt, text: string): Promise<MarketDetails> {
  if (/^\w\w\.\w\.\S+$/.test(text)) return marketOf(ig, text)
  const found = (await ig.markets.search(text).catch(refuse)).slice(0, MOST_SHOWN)
  if (found.length === 0)
    throw new ExitError(EXIT.usage, `expected the name of a market, but the broker knows none like ${excerpt(text)}`)
  for (const [at, { name, epic }] of found.entries()) prompt.say(`  ${at + 1}  ${name} (${epic})`)
  const chosen = (await prompt.ask('Which, by its number: ', 'shown')).trim()
  const market = found.find((_one, at) => String(at + 1) === chosen)
  if (!market) throw new ExitError(EXIT.usage, `there is no number ${excerpt(chosen)}; search again`)
  return marketOf(ig, market.epic)
}

/** As many as one digit can choose. */
const MOST_SHOWN = 9

async function marketOf(ig: Pick<Ig, 'markets'>, name: string): Promise<MarketDetails> {
  const epic = epicOf(name)
  return ig.markets.get(epic).catch(error => {
    if (error instanceof RefusedError && error.code.includes('epic-not-found')) throw unknown(name)
    return refuse(error)
  })
}

function epicOf(name: string): Epic {
  try {
    return asEpic(name)
  } catch {
    throw unknown(name)
  }
}

const unknown = (name: string): ExitError =>
  new ExitError(EXIT.usage, `expected the epic of a market, but the broker knows none called ${excerpt(name)}`)

function refuse(error: unknown): never {
  throw loginFailure(error)
}

/** Each answer is held against the market's rules at once. */
async function askedPreset(
  preset: Preset,
  market: MarketDetails,
  currency: string,
  prompt: Prompt | null,
  { size, stop, limit }: MarketOptions,
): Promise<Preset> {
  const name = printable(market.name)
  let made = preset
  function taking(change: (value: Decimal) => Preset) {
    return (text: string): Preset => checked(change(amount(text)), market, currency)
  }
  const at = made.sizes[made.sizeKey]
  // A size that is made from a risk stays one.
  if (at?.kind === 'fixed' || size !== undefined)
    made = await answered(prompt, size, {
      words: `Size of an entry in ${name}, at least ${market.minSize.toFixed()}`,
      usual: { words: at?.kind === 'fixed' ? at.size.toFixed() : 'none', answer: made },
      read: taking(value => ({ ...made, sizes: { ...made.sizes, [made.sizeKey]: { kind: 'fixed', size: value } } })),
    })
  made = await answered(prompt, stop, {
    words: 'Distance of the stop that each entry carries, in points',
    usual: { words: made.stop?.distancePoints.toFixed() ?? 'none', answer: made },
    read: taking(value => ({
      ...made,
      stop: made.stop ? { ...made.stop, distancePoints: value } : { kind: 'normal', distancePoints: value },
    })),
  })
  made = await answered(prompt, limit, {
    words: 'Distance of its limit, in points',
    usual: { words: made.limitPoints?.toFixed() ?? 'none', answer: made },
    read: taking(value => ({ ...made, limitPoints: value })),
  })
  return checked(made, market, currency)
}

function checked(preset: Preset, market: MarketDetails, currency: string): Preset {
  const price = market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null
  const account = { currency, equity: null }
  const [problem] = presetProblems(preset, { terms: marketTerms(market), price, account }).filter(
    // What comes later is judged with each press.
    ({ code }) => code !== 'no-equity' && code !== 'no-price' && code !== 'no-rate',
  )
  if (problem) throw new ExitError(EXIT.usage, problem.words)
  return preset
}

export function amount(text: string): Decimal {
  if (/^\d{1,9}(\.\d{1,12})?$/.test(text) && Number(text) > 0) return new Decimal(text)
  throw new ExitError(EXIT.usage, `expected a number above 0 such as 1 or 0.5, but got ${excerpt(text)}`)
}
