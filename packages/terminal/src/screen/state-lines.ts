import { latencyText } from './durations.ts'
import type { Line } from './line.ts'
import { span } from './looks.ts'
import { unreachable } from './unreachable.ts'
import type { ExposureView, LatencyView, MoneyView, OutcomeView } from './view.ts'

/** What is open, as one word of its own look, and the working orders beside it when there are any. */
export function exposureLine(exposure: ExposureView, workingOrders: number | null): Line {
  const word = span(` ${exposureWord(exposure)} `, exposure)
  if (workingOrders === 0) return [word]
  if (workingOrders === null) return [word, span('  working orders not known', 'label')]
  return [word, span(`  ${workingOrders} working ${workingOrders === 1 ? 'order' : 'orders'} at the broker`, 'wait')]
}

export function exposureWord(exposure: ExposureView): string {
  switch (exposure) {
    case 'flat':
      return 'FLAT'
    case 'open':
      return 'OPEN'
    case 'checking':
      return 'CHECKING'
    case 'unknown':
      return 'UNKNOWN'
    default:
      return unreachable(exposure)
  }
}

/** What became of the last intent. The words carry it; a mark before them tells the tones apart without colour. */
export function outcomeLine(outcome: OutcomeView): Line {
  return [span(`${OUTCOME_MARKS[outcome.tone]} ${outcome.text}`, outcome.tone)]
}

/** Stands in the outcome's place when nothing was heard from the desk: the screen must not look alive when it is not. */
export function notUpdatedLine(silentMs: number): Line {
  return [span(` NOT UPDATED for ${Math.floor(silentMs / 1000)} s: prices below are old `, 'danger')]
}

export function latencyLine(latency: LatencyView | null): Line {
  if (latency === null) return []
  return [
    span('key→wire ', 'label'),
    span(latencyText(latency.keyToWireMs)),
    span(' · wire→ack ', 'label'),
    span(latencyText(latency.wireToAcknowledgedMs)),
    span(' · ack→confirm ', 'label'),
    span(latencyText(latency.acknowledgedToConfirmedMs)),
  ]
}

export function dayProfitLine(dayProfit: MoneyView | null): Line {
  if (dayProfit === null) return [span('day P/L –', 'stale')]
  return [span('day P/L ', 'label'), span(dayProfit.text, dayProfit.tone)]
}

const OUTCOME_MARKS: Readonly<Record<OutcomeView['tone'], string>> = {
  good: '■',
  bad: '!',
  wait: '…',
  info: '·',
}
