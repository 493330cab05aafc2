import { Decimal, type Epic } from '@scalpdesk/sdk'
import { plain } from '../../../bots/src/engine-broker/index.ts'
import { type Contract, contractFor } from '../../src/contract.ts'
import { type GuardLimits, NO_LIMITS } from '../../src/guard/limits.ts'
import type { Preset, PresetStop } from '../../src/presets/preset.ts'
import type { EngineBroker } from '../broker/engine-broker.ts'
import { EPICS, EURUSD, FRANCE_40, marketOf, SAP } from '../broker/simulated-markets.ts'

/** The most that may be held in one market. */
export const CAP = new Decimal(5)

export function contractsOf(broker: EngineBroker): readonly Contract[] {
  return EPICS.map(name =>
    contractFor(marketOf(broker.exchange, name), presetsFor(STOP_POINTS[name] ?? 25), {
      sizeStep: plain(broker.exchange.book(name).market.sizeStep),
      doesAccountTrail: true,
    }),
  )
}

const STOP_POINTS: Readonly<Record<Epic, number>> = { [EURUSD]: 10, [FRANCE_40]: 25, [SAP]: 60 }

function presetsFor(stopPoints: number): readonly Preset[] {
  const distancePoints = new Decimal(stopPoints)
  const normal: PresetStop = { kind: 'normal', distancePoints }
  const preset = (name: string, stop: PresetStop | null, change: Partial<Preset> = {}): Preset => ({
    name,
    sizes: { 1: { kind: 'fixed', size: new Decimal(1) } },
    sizeKey: 1,
    stop,
    limitPoints: null,
    ...change,
  })
  return [
    preset('scalp', normal, { limitPoints: distancePoints.times(2) }),
    preset('trail', { kind: 'trailing', distancePoints, stepPoints: new Decimal(2) }),
    preset('sure', { kind: 'guaranteed', distancePoints: distancePoints.times(2) }),
    preset('risk', normal, { sizes: { 1: { kind: 'risk', risk: { kind: 'money', amount: new Decimal(150) } } } }),
    preset('bare', null),
  ]
}

export function limitsOf(hasDayLoss: boolean): GuardLimits {
  return {
    ...NO_LIMITS,
    everyMarket: { ...NO_LIMITS.everyMarket, maxOrderSize: new Decimal(3), maxHeldSize: CAP },
    maxOpenPositions: 6,
    maxDayLoss: hasDayLoss ? new Decimal(60) : null,
    maxLossStreak: 4,
    coolDownMs: 5_000,
    duplicateWindowMs: 250,
  }
}
