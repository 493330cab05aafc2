import {
  formatUnits,
  type Market,
  markets,
  openTape,
  type Random,
  readReplay,
  syntheticTicks,
  type Tick,
} from '@scalpdesk/mock-broker/engine'
import { type PriceFeed, repeating, type ShownPrice } from './shown-price.ts'

/** The market that is made up where no tape is given. */
const MADE_UP_EPIC = 'CS.D.EURUSD.CFD.IP'
/** As much of a tape as is read: then it begins again (our choice, minutes of a busy one). */
const MOST_TICKS = 20_000
/** A pause in the tape is not waited for longer than this. */
const LONGEST_PAUSE_MS = 5_000

/** A price that nobody has traded at; the random numbers alone decide it. @param nameOf what it is called, by its market's name */
export function madeUpPrices(random: Random, nameOf: (market: string) => string): PriceFeed {
  const market = markets.find(({ epic }) => epic === MADE_UP_EPIC)
  if (!market?.synthetic) throw new Error(`expected ${MADE_UP_EPIC} to have a synthetic shape, but it has none`)
  const moves = syntheticTicks(market.synthetic, random)
  return {
    name: nameOf(market.name),
    next() {
      const { afterMs, bidUnits, offerUnits } = moves.next()
      return shown(market, afterMs, { bidUnits, offerUnits })
    },
  }
}

/** The prices of a tick file, in any form that the mock broker plays. @throws TapeError when it cannot be played */
export async function tapePrices(file: string): Promise<PriceFeed> {
  const { file: path, wish } = readReplay(file, markets)
  const tape = await openTape(path, { markets, wish })
  try {
    const [market] = tape.markets
    if (!market) throw new Error(`expected a market on ${path}, but it has none; name another file`)
    const prices: ShownPrice[] = []
    let lastMs = tape.startMs
    for (let batch = await tape.read(); batch && prices.length < MOST_TICKS; batch = await tape.read())
      for (const input of batch) {
        if (input.kind !== 'tick' || input.epic !== market.epic) continue
        prices.push(shown(market, Math.min(LONGEST_PAUSE_MS, Math.max(1, input.atMs - lastMs)), input))
        lastMs = input.atMs
      }
    return repeating(`${market.name}, ${path}`, prices)
  } finally {
    await tape.close()
  }
}

function shown(
  market: Market,
  afterMs: number,
  { bidUnits, offerUnits }: Pick<Tick, 'bidUnits' | 'offerUnits'>,
): ShownPrice {
  const { decimals } = market
  return { afterMs, bid: formatUnits(bidUnits, decimals), offer: formatUnits(offerUnits, decimals) }
}
