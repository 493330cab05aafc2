import { type Contract, type Holding, type Intent, marketOf, type Target } from '@scalpdesk/desk'
import { Decimal, type Market, type TrailingStop } from '@scalpdesk/sdk'
import { aimAt, markedPosition } from '../selection.ts'
import { missed } from './exits.ts'
import { type Hands, want } from './hands.ts'

export type LegAction =
  | 'breakeven'
  | 'stop-up'
  | 'stop-down'
  | 'limit-up'
  | 'limit-down'
  | 'tighten-stop'
  | 'toggle-trailing'
  | 'remove-limit'

/** Changes the stop or the limit of the marked position. */
export function changeLegs(hands: Hands, action: LegAction, pressedAtMs: number): void {
  const aim = aimAt(markedPosition, hands.now, hands.painted)
  if (aim.kind !== 'at') return missed(hands, aim, hands.words.said.noPosition(hands.words.verbs[action]))
  const intent = intentOf(hands, action, aim.row)
  if (typeof intent === 'string') return hands.say(intent)
  want(hands, intent, pressedAtMs, hands.texts.actions[action])
}

/** @returns words where there is nothing to want */
function intentOf(hands: Hands, action: LegAction, holding: Holding): Intent | string {
  const { state } = hands.now
  const contract = state.contracts.get(holding.epic)
  const target: Target = { dealId: holding.dealId }
  const step = nudgeStep(contract)
  const { words } = hands
  switch (action) {
    case 'breakeven':
      return { kind: 'breakeven', target }
    case 'stop-up':
    case 'stop-down': {
      if (!holding.stopLevel) return words.said.noLeg.stop
      return { kind: 'move-leg', leg: 'stop', byPoints: action === 'stop-up' ? step : step.neg(), target }
    }
    case 'limit-up':
    case 'limit-down': {
      if (!holding.limitLevel) return words.said.noLeg.limit
      return { kind: 'move-leg', leg: 'limit', byPoints: action === 'limit-up' ? step : step.neg(), target }
    }
    case 'tighten-stop':
      return { kind: 'tighten', byPoints: step, target }
    case 'remove-limit':
      return { kind: 'remove-limit', target }
    case 'toggle-trailing': {
      if (holding.trailingStop) return { kind: 'trail', trailing: null, target }
      const trailing = trailingFor(hands, holding, contract, step)
      return trailing ? { kind: 'trail', trailing, target } : words.said.noStopToTrail
    }
  }
}

/**
 * A tenth of the preset's stop, in whole steps of the market's last digit; a point where the preset has no stop. Our choice: ten
 * presses are the whole stop, in every market.
 */
function nudgeStep(contract: Contract | undefined): Decimal {
  const stop = contract?.chosen.stop
  const smallest = contract ? smallestStep(contract.market) : ONE
  if (!stop) return Decimal.max(ONE, smallest)
  const tenth = stop.distancePoints.div(10).div(smallest).floor().times(smallest)
  return Decimal.max(tenth, smallest)
}

const ONE = new Decimal(1)

/** In points: what the last digit of a level is worth. */
const smallestStep = ({ pointsPerUnit, decimals }: Pick<Market, 'pointsPerUnit' | 'decimals'>): Decimal =>
  new Decimal(pointsPerUnit).times(new Decimal(10).pow(-decimals))

/** The distances of a trailing preset, else the stop's present distance from the price, else the preset's stop. */
function trailingFor(
  { now: { state } }: Hands,
  { epic, direction, stopLevel, pointsPerUnit }: Holding,
  contract: Contract | undefined,
  step: Decimal,
): TrailingStop | null {
  const stop = contract?.chosen.stop ?? null
  if (stop?.kind === 'trailing') return { distancePoints: stop.distancePoints, stepPoints: stop.stepPoints }
  const stepPoints = Decimal.max(step, leastStep(contract))
  const quote = state.quotes.get(epic)
  const price = (direction === 'BUY' ? quote?.bid : quote?.offer) ?? null
  const perUnit = pointsPerUnit ?? marketOf(state, epic)?.pointsPerUnit ?? null
  if (stopLevel && price && perUnit !== null) {
    const away = price.minus(stopLevel).times(perUnit)
    const distancePoints = direction === 'BUY' ? away : away.neg()
    if (distancePoints.gt(0)) return { distancePoints, stepPoints }
  }
  return stop ? { distancePoints: stop.distancePoints, stepPoints } : null
}

function leastStep(contract: Contract | undefined): Decimal {
  const rule = contract?.terms.minTrailingStep
  return rule?.unit === 'POINTS' ? rule.value : new Decimal(0)
}
