import type { AllowanceGate } from '../allowance/allowance-gate.ts'
import { AllowanceError } from '../errors.ts'
import type { SdkEvent } from '../observe.ts'
import type { Clock } from '../ports.ts'
import { isAllowanceCode, isTokenCode } from '../rest/answer.ts'
import type { IgSession } from '../session/ig-session.ts'
import type { OrderGate } from './order-gate.ts'

/** The session and the allowance, as orders meet them. */
export function sessionGate(
  session: IgSession,
  allowance: AllowanceGate,
  clock: Clock,
  tell: (event: SdkEvent) => void,
): OrderGate {
  return {
    headers: (version, asDelete, lane) => session.dealingHeaders(version, asDelete, lane),
    admit(lane) {
      const held = allowance.admitNow('trading', lane)
      return held === null ? null : new AllowanceError('allowance-wait', DEALING, held.retryAtMs)
    },
    answered(headers, status, code, lane) {
      if (isAllowanceCode(code)) {
        const { retryAtMs } = allowance.refused(code)
        const retryInMs = Math.max(0, retryAtMs - clock.monotonicMs())
        tell({ kind: 'allowance-refused', route: 'dealing', code, retryInMs })
        return
      }
      // A 5xx says nothing about the allowance.
      if (status < 500) allowance.succeeded('trading')
      if (isTokenCode(code)) session.refused(headers, lane)
    },
  }
}

/** All dealing requests share one allowance: what is held back is any of them. */
const DEALING = { method: 'POST', path: '/positions/otc' }
