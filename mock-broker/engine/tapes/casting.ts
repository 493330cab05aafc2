import { basename } from 'node:path'
import type { Market } from '../market.ts'
import type { Place } from './scalpdesk-lines.ts'
import type { TapeHeader, TapeMarket } from './tape-entry.ts'
import { TapeError } from './tape-error.ts'
import { type Instrument, symbolInName, type TapeFormat } from './tape-format.ts'

/** The market that a file is wished to play. */
export interface Wish {
  readonly epic: string
  /** Its prices are mapped onto the market's level. */
  readonly isRescaled: boolean
}

/** Which market an instrument of a file plays, and from whose prices. */
export interface Role {
  readonly market: Market
  /** How its quotes are read. */
  readonly instrument: Instrument
  /** What it takes to map them; null when they are the market's own. */
  readonly rescale: Rescale | null
}

export interface Rescale {
  /** Of the quotes as they are read. */
  readonly decimals: number
  /** The usual spread of what the quotes are of, in units of these decimals; null when it is not known. */
  readonly usualSpreadUnits: number | null
}

/** Finds the market that a file of one instrument plays. @throws TapeError when there is none, or another was wished for. */
export function castQuotes(
  file: string,
  format: TapeFormat,
  firstLine: string,
  markets: readonly Market[],
  wish: Wish | null,
): Role {
  const known = new Set(markets.flatMap(({ symbols }) => symbols))
  const symbol = format.symbolOf(basename(file), firstLine) ?? symbolInName(basename(file), known)
  const own = markets.find(({ symbols }) => symbol !== null && symbols.includes(symbol))
  if (wish === null) {
    if (own) return { market: own, instrument: instrumentOf(own, own, symbol), rescale: null }
    const found = symbol === null ? 'its name holds none of ours' : `it holds ${JSON.stringify(symbol.slice(0, 40))}`
    throw new TapeError(
      'unknown-symbol',
      file,
      `expected ${basename(file)} to name its instrument, such as ${[...known].slice(0, 2).join(', ')} or dax, but ${found}; put the symbol into the file name, or say which market plays it: EPIC=FILE`,
    )
  }
  const market = marketOf(file, markets, wish)
  if (!wish.isRescaled) {
    if (own && !isSameGrid(own, market)) throw wrongMarket(file, market, own.name)
    return { market, instrument: instrumentOf(market, own ?? market, symbol), rescale: null }
  }
  if (!own) {
    const instrument = { epic: market.epic, name: symbol ?? basename(file), decimals: FINEST_DECIMALS, symbol }
    return { market, instrument, rescale: { decimals: FINEST_DECIMALS, usualSpreadUnits: null } }
  }
  const rescale = { decimals: own.decimals, usualSpreadUnits: own.synthetic?.spreadUnits ?? null }
  return { market, instrument: { ...instrumentOf(own, own, symbol), epic: market.epic }, rescale }
}

/** What becomes of each market of a tape of Scalpdesk's own. */
export interface Cast {
  /** In the order of the header; null for those that are passed over. */
  readonly places: readonly (Place | null)[]
  readonly markets: readonly Market[]
  readonly rescale: Rescale | null
}

/** @throws TapeError when no market of the tape can be played, or another was wished for. */
export function castRecording(file: string, header: TapeHeader, markets: readonly Market[], wish: Wish | null): Cast {
  const listed = header.markets.map(({ epic }) => epic).join(', ')
  if (wish === null) {
    const cast = header.markets.map(({ epic }) => markets.find(market => market.epic === epic) ?? null)
    const played = cast.filter(market => market !== null)
    if (played.length > 0) return { places: placesOf(header.markets, cast), markets: played, rescale: null }
    throw new TapeError(
      'unknown-symbol',
      file,
      `expected a tape of a market that the mock broker has, but ${file} holds ${listed}; map it onto one: EPIC~FILE`,
    )
  }
  const market = marketOf(file, markets, wish)
  if (!wish.isRescaled) {
    if (!header.markets.some(({ epic }) => epic === market.epic)) throw wrongMarket(file, market, listed)
    const cast = header.markets.map(({ epic }) => (epic === market.epic ? market : null))
    return { places: placesOf(header.markets, cast), markets: [market], rescale: null }
  }
  const [only, ...others] = header.markets
  if (!only || others.length > 0)
    throw new TapeError(
      'wrong-market',
      file,
      `expected a tape of one market to be mapped onto ${market.epic}, but ${file} holds ${listed}; give a tape of one of them`,
    )
  const own = markets.find(({ epic }) => epic === only.epic)
  const usualSpreadUnits = own?.decimals === only.decimals ? (own.synthetic?.spreadUnits ?? null) : null
  return {
    places: [{ epic: market.epic, decimals: only.decimals, tapeDecimals: only.decimals }],
    markets: [market],
    rescale: { decimals: only.decimals, usualSpreadUnits },
  }
}

function placesOf(listed: readonly TapeMarket[], cast: readonly (Market | null)[]): readonly (Place | null)[] {
  return listed.map(({ decimals: tapeDecimals }, index) => {
    const market = cast[index]
    return market ? { epic: market.epic, decimals: market.decimals, tapeDecimals } : null
  })
}

function marketOf(file: string, markets: readonly Market[], { epic, isRescaled }: Wish): Market {
  const market = markets.find(candidate => candidate.epic === epic)
  if (!market) throw unknownMarket(file, epic)
  if (isRescaled && !market.synthetic)
    throw new TapeError(
      'wrong-market',
      file,
      `expected a market with a usual level to map ${file} onto, but ${market.name} (${epic}) shows no prices of its own; give a tape of it: ${epic}=FILE`,
    )
  return market
}

export function unknownMarket(file: string, epic: string): TapeError {
  return new TapeError(
    'unknown-market',
    file,
    `expected the epic of a market of the mock broker, such as CS.D.EURUSD.CFD.IP, before ${file}, but got ${epic}; correct it, or write ./ before a file whose name holds = or ~`,
  )
}

function wrongMarket(file: string, market: Market, held: string): TapeError {
  return new TapeError(
    'wrong-market',
    file,
    `expected quotes of ${market.name}, but ${file} holds ${held}; play it as what it is, or map it onto the market: ${market.epic}~FILE`,
  )
}

const instrumentOf = ({ epic, decimals }: Market, { name }: Market, symbol: string | null): Instrument => ({
  epic,
  name,
  decimals,
  symbol,
})

/** The same underlying, quoted in the same way. */
function isSameGrid(one: Market, other: Market): boolean {
  return one.marketId === other.marketId && one.decimals === other.decimals && one.pointsPerUnit === other.pointsPerUnit
}

/** For an instrument that we do not know: prices below 10 million with eight decimals are safe integers. */
const FINEST_DECIMALS = 8
