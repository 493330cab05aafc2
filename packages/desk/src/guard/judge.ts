import type { Check } from './checks/check.ts'
import { areHoursKept, isCooledDown, isDayKnown, isDayOpen, isLossBearable } from './checks/day-checks.ts'
import { isMarginThere } from './checks/margin-check.ts'
import {
  isBookKnown,
  isDeskArmed,
  isNoDuplicate,
  isNothingFlattened,
  isNothingInFlight,
  isNothingUnknown,
  isPaceKept,
} from './checks/order-checks.ts'
import { isMarketOpen, isPriceLive, isPriceSound, isSpreadNarrow } from './checks/price-checks.ts'
import {
  areDealingRulesKept,
  arePositionsFew,
  isMarketAllowed,
  isMarketSmall,
  isOrderSmall,
  isPresetSound,
} from './checks/size-checks.ts'
import type { Denial } from './denial.ts'
import { remember } from './memory/remember.ts'
import type { Question } from './question.ts'

/** Everything that is asked before a risk is taken, in the order in which it is said. There is no other list. */
export const CHECKS: readonly Check[] = [
  isDeskArmed,
  isMarketAllowed,
  isDayKnown,
  isDayOpen,
  isLossBearable,
  isCooledDown,
  areHoursKept,
  isNoDuplicate,
  isBookKnown,
  isNothingFlattened,
  isNothingInFlight,
  isNothingUnknown,
  isPriceLive,
  isMarketOpen,
  isPriceSound,
  isSpreadNarrow,
  isPresetSound,
  areDealingRulesKept,
  isOrderSmall,
  isMarketSmall,
  arePositionsFew,
  isPaceKept,
  isMarginThere,
]

/** The first denial; null when nothing speaks against it. */
export function judge(question: Question): Denial | null {
  const present = atPresent(question)
  for (const check of CHECKS) {
    const denial = check.deny(present)
    if (denial) return denial
  }
  return null
}

/**
 * A lock of yesterday must not outlive a new day that the broker has told, and what is known of another market counts as
 * not known.
 */
function atPresent({ ask, known, memory, now }: Question): Question {
  const terms = known.terms?.epic === ask.epic ? known.terms : null
  const quote = known.quote?.epic === ask.epic ? known.quote : null
  return { ask, known: { ...known, terms, quote }, memory: remember(memory, { kind: 'time', ...now }), now }
}
