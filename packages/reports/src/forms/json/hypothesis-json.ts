import type { Decimal } from '@scalpdesk/sdk'
import { exactText, moneyText } from '../../figures.ts'
import type { Hypothesis, HypotheticalRun } from '../../hypothesis.ts'
import type { WallClock } from '../wall-clock.ts'
import type { HypothesisJson, HypotheticalRunJson } from './report-json.ts'

export function hypothesisJson(hypothesis: Hypothesis, currency: string, clock: WallClock): HypothesisJson {
  const { kind, label, change, asDealt, changed, difference, leftOut } = hypothesis
  const { stopPoints, limitPoints, size, dayLoss } = change
  return {
    kind,
    label,
    change: {
      stopPoints: distance(stopPoints),
      limitPoints: distance(limitPoints),
      size: size ? exactText(size) : null,
      dayLoss: dayLoss ? moneyText(dayLoss, currency) : null,
    },
    asDealt: runJson(asDealt, currency, clock),
    changed: runJson(changed, currency, clock),
    difference: moneyText(difference, currency),
    leftOut: leftOut.map(({ id, words }) => ({ id, words })),
  }
}

const distance = (points: Decimal | null | undefined): string | null =>
  points === null ? 'none' : points ? exactText(points) : null

function runJson(
  { net, won, lost, notOpened, trades }: HypotheticalRun,
  currency: string,
  clock: WallClock,
): HypotheticalRunJson {
  return {
    net: moneyText(net, currency),
    won,
    lost,
    notOpened,
    trades: trades.map(each => ({
      id: each.id,
      epic: each.epic,
      direction: each.direction,
      size: exactText(each.size),
      opened: clock.stamp(each.openedAtMs),
      entryLevel: exactText(each.entryLevel),
      closed: clock.stamp(each.closedAtMs),
      exitLevel: exactText(each.exitLevel),
      how: each.how,
      result: moneyText(each.result, currency),
    })),
  }
}
