import { AllowanceError } from '../errors.ts'
import type { AllowancePort } from '../rest/allowance-port.ts'
import { routeLabel } from '../rest/caller.ts'
import type { AllowanceGate } from './allowance-gate.ts'
import type { Lane } from './lane.ts'

/** IG's own word for it, kept where this package does not even ask. Source: IG Labs, REST API reference, "Prices". */
const POINTS_SPENT = 'error.public-api.exceeded-account-historical-data-allowance'

/** The line at the door, by routes. */
export function routeAllowance(gate: AllowanceGate): AllowancePort {
  return {
    enterNow(route, lane) {
      if (route.isHistorical && gate.pointsSpentUntilMs() !== null) return false
      return gate.admitNow(route.counts, lane) === null
    },
    async enter(route, lane, options) {
      const spentUntilMs = route.isHistorical ? gate.pointsSpentUntilMs() : null
      if (spentUntilMs !== null) throw new AllowanceError(POINTS_SPENT, route, spentUntilMs)
      return gate.enter(routeLabel(route), route.counts, lane, options)
    },
    count: route => gate.count(route.counts),
    refused: (code: string, lane?: Lane) => gate.refused(code, lane),
    answered: route => gate.succeeded(route.counts),
  }
}
