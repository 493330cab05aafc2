import { IgError } from '../errors.ts'
import type { Applications } from '../resources/applications.ts'
import type { AllowanceLimits } from './allowance-budget.ts'
import type { AllowanceGate } from './allowance-gate.ts'

export interface LimitsLearning {
  readonly gate: AllowanceGate
  readonly stream: { learnLimit(subscriptions: number): void }
  readonly applications: Pick<Applications, 'list'>
  /** The key in use. */
  readonly apiKey: string
}

/** Asks IG for the limits of the key in use. Where IG does not tell, those at hand stay. */
export async function learnLimits(learning: LimitsLearning, signal: AbortSignal): Promise<void> {
  const { gate, stream, applications, apiKey } = learning
  try {
    const own = (await applications.list({ signal })).find(application => application.apiKey.reveal() === apiKey)
    if (own === undefined) return
    const { keyPerMinute, tradingPerMinute, dataPerMinute, pointsPerWeek, concurrentSubscriptions } = own.limits
    gate.learn(known({ keyPerMinute, tradingPerMinute, dataPerMinute, pointsPerWeek }))
    if (concurrentSubscriptions !== null && concurrentSubscriptions > 0) stream.learnLimit(concurrentSubscriptions)
  } catch (error) {
    if (!(error instanceof IgError)) throw error
  }
}

function known(limits: Readonly<Record<keyof AllowanceLimits, number | null>>): Partial<AllowanceLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null))
}
