import { Decimal, epic } from '@scalpdesk/sdk'
import type { Hypothesis, HypotheticalTrade } from '../hypothesis.ts'
import { at, HOSTILE } from './sample-trades.ts'

const d = (text: string): Decimal => new Decimal(text)

/** A wider stop for one trade of the sample, worked out by hand. */
export const SAMPLE_HYPOTHESIS: Hypothesis = {
  kind: 'hypothetical',
  label:
    'HYPOTHETICAL: the same entries with a stop of 7.5 points, no target, a size of 1.5, a daily stop of 1234.5 EUR, on the recorded prices; it did not happen',
  change: { stopPoints: d('7.5'), limitPoints: null, size: d('1.5'), dayLoss: d('1234.5') },
  asDealt: { trades: [aTrade('24512.4', '12.6', 'by-hand')], net: d('12.6'), won: 1, lost: 0, notOpened: 0 },
  changed: { trades: [aTrade('24492.5', '-11.25', 'stop')], net: d('-11.25'), won: 0, lost: 1, notOpened: 2 },
  difference: d('-23.85'),
  leftOut: [{ id: `DIAAAAT9 ${HOSTILE.markup}`, words: 'its prices were not recorded' }],
}

function aTrade(exit: string, result: string, how: HypotheticalTrade['how']): HypotheticalTrade {
  return {
    id: 'DIAAAAT1',
    epic: epic('IX.D.DAX.IFMM.IP'),
    direction: 'BUY',
    size: d('1.5'),
    entryLevel: d('24500'),
    openedAtMs: at('09:00:12'),
    closedAtMs: at('09:00:52.840'),
    exitLevel: d(exit),
    result: d(result),
    how,
  }
}
