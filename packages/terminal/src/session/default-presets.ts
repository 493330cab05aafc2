import type { Preset } from '@scalpdesk/desk'
import { Decimal, type Epic, epic, type Market } from '@scalpdesk/sdk'

/** What the trader asked for on the command line; a part left out takes the default. */
export interface PresetWish {
  readonly size?: Decimal
  readonly stopPoints?: Decimal
  readonly limitPoints?: Decimal
}

export const DEFAULT_EPIC: Epic = epic('CS.D.EURUSD.CFD.IP')

/** Stops in points that suit a scalp in each market: our choice, to be changed by whoever trades it. */
const STOP_POINTS: Readonly<Record<string, number>> = {
  'CS.D.EURUSD.CFD.IP': 15,
  'CS.D.GBPUSD.CFD.IP': 20,
  'IX.D.DAX.IFD.IP': 20,
  'IX.D.NASDAQ.IFD.IP': 30,
  'CS.D.CFDGOLD.CFDGC.IP': 5,
  'CS.D.BITCOIN.CFD.IP': 200,
}

/** Every preset has a stop: at least twice as far as the market's nearest when none was asked for. */
export function presetFor(market: Market, wish: PresetWish): Preset {
  const nearest = market.minStopDistance.unit === 'POINTS' ? market.minStopDistance.value : new Decimal(0)
  const usual = new Decimal(STOP_POINTS[market.epic] ?? 20)
  return {
    name: 'usual',
    sizes: { 1: { kind: 'fixed', size: wish.size ?? Decimal.max(market.minSize, 1) } },
    sizeKey: 1,
    stop: { kind: 'normal', distancePoints: wish.stopPoints ?? Decimal.max(usual, nearest.times(2)) },
    limitPoints: wish.limitPoints ?? null,
  }
}
