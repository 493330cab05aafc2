import { IgError } from '../errors.ts'
import type { Applications } from '../resources/applications.ts'
import type { AllowanceLimits } from './allowance-budget.ts'
import type { AllowanceGate } from './allowance-gate.ts'

/** Asks IG for the limits of the key in use. Where IG does not tell, those at hand stay. */
export async function learnLimits(
  gate: AllowanceGate,
  applications: Pick<Applications, 'list'>,
  apiKey: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const own = (await applications.list({ signal })).find(application => application.apiKey.reveal() === apiKey)
    if (own === undefined) return
    const { keyPerMinute, tradingPerMinute, dataPerMinute, pointsPerWeek } = own.limits
    gate.learn(known({ keyPerMinute, tradingPerMinute, dataPerMinute, pointsPerWeek }))
  } catch (error) {
    if (!(error instanceof IgError)) throw error
  }
}

function known(limits: Readonly<Record<keyof AllowanceLimits, number | null>>): Partial<AllowanceLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null))
}
