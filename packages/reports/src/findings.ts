import type { Decimal } from '@scalpdesk/sdk'
import type { Bridged } from './bridge/balance-bridge.ts'
import type { DayFacts } from './day-facts.ts'
import { sumOf, sumOfKnown } from './exact.ts'
import type { JoinedPositions, Missing } from './join/joined-positions.ts'
import { SMALL_SAMPLE } from './numbers/trade-statistics.ts'
import type { Finding } from './report.ts'
import type { Statistics } from './statistics.ts'

/** What the reader has to know before he trusts the figures; what concerns money first. */
export function findingsOf(
  facts: DayFacts,
  bridged: Bridged,
  joined: JoinedPositions,
  guessed: readonly string[],
  statistics: Statistics,
): readonly Finding[] {
  const all = [
    ...unexplained(facts, bridged),
    ...missingAtBroker(facts, joined.missingAtBroker),
    ...brokenJournal(facts),
    ...incompleteSources(facts),
    ...missingInJournal(facts, joined.missingInJournal),
    ...guesses(guessed),
    ...smallSample(statistics),
  ]
  return [...all.filter(({ severity }) => severity === 'red'), ...all.filter(({ severity }) => severity !== 'red')]
}

function unexplained({ account }: DayFacts, { gaps, foreign, undated }: Bridged): readonly Finding[] {
  const { currency } = account
  const found: Finding[] = gaps.map(({ amount, rows, fromMs, toMs }) => ({
    severity: 'red',
    kind: 'unexplained',
    words: `the balance changed by ${signed(amount)} ${currency} more than the rows between ${timeText(fromMs)} and ${timeText(toMs)} say; look at them on the broker's platform`,
    rows,
    amount: { amount, currency },
  }))
  for (const [symbol, rows] of Map.groupBy(foreign, ({ profitAndLoss }) => profitAndLoss.symbol)) {
    const amount = sumOf(rows.map(({ profitAndLoss }) => profitAndLoss.amount))
    found.push({
      severity: 'red',
      kind: 'unexplained',
      words: `${rows.length} rows are booked in ${symbol}, not in the account's ${currency}; they are in no sum of this report`,
      rows: rows.map(({ id }) => id),
      amount: { amount, currency: symbol },
    })
  }
  if (undated.length > 0)
    found.push({
      severity: 'red',
      kind: 'unexplained',
      words: `${undated.length} rows have no day that can be read; they are in no sum of this report`,
      rows: undated.map(({ id }) => id),
      amount: { amount: sumOf(undated.map(({ profitAndLoss }) => profitAndLoss.amount)), currency },
    })
  return found
}

const isComplete = (facts: DayFacts, source: string): boolean =>
  facts.sources.some(each => each.source === source && each.isComplete)

/** Only where the broker was asked for everything, a row that is not there is missing: of closes its money, of openings its activity. */
function missingAtBroker(facts: DayFacts, missing: readonly Missing[]): readonly Finding[] {
  const hasMoney = isComplete(facts, 'transactions') || isComplete(facts, 'import')
  const closes = missing
    .flatMap(({ position, close }) => (close ? [close] : position.closes))
    .filter(({ atMs }) => hasMoney && isInside(facts, atMs))
  const openings = missing.flatMap(({ position: { openedAtMs, press, key }, close }) =>
    close === null && isComplete(facts, 'activity') && isInside(facts, openedAtMs) ? [press?.id ?? key] : [],
  )
  const rows = [...openings, ...closes.map(({ key }) => key)]
  if (rows.length === 0) return []
  const words = `the journal tells of ${rows.length} ${rows.length === 1 ? 'deal' : 'deals'} that the broker's rows do not have; compare them with the broker's platform`
  return [{ severity: 'red', kind: 'missing-at-broker', words, rows, amount: moneyOf(facts, closes) }]
}

/** The trader's own platform may have done it: money is concerned only where the broker says that it came over the API, as ours do. */
function missingInJournal(facts: DayFacts, missing: readonly Missing[]): readonly Finding[] {
  const deals = missing.flatMap(({ position, close }) => {
    const closes = (close ? [close] : position.closes).map(each => ({
      how: each.how,
      atMs: each.atMs,
      rows: [each.key],
      closes: [each],
    }))
    const opening = { how: position.how, atMs: position.openedAtMs, rows: position.rows, closes: [] }
    return close ? closes : [opening, ...closes]
  })
  const inside = deals.filter(({ atMs, rows }) => rows.length > 0 && isInside(facts, atMs))
  // Before its first record there was no desk that could have written it down.
  const begunMs = facts.journal?.entries[0]?.wallMs ?? Number.POSITIVE_INFINITY
  return [...Map.groupBy(inside, ({ how, atMs }) => how === 'market' && atMs !== null && atMs >= begunMs)].map(
    ([isApi, each]) => {
      const rows = each.flatMap(deal => deal.rows)
      return {
        severity: isApi ? 'red' : 'note',
        kind: 'missing-in-journal',
        words: isApi
          ? `${rows.length} of the broker's rows came over the API and are not in the journal; see whether another program trades on this account`
          : `${rows.length} of the broker's rows are not in the journal: dealt on another platform, or while the desk was not running`,
        rows,
        amount: moneyOf(
          facts,
          each.flatMap(({ closes }) => closes),
        ),
      }
    },
  )
}

const isInside = ({ span }: DayFacts, atMs: number | null): boolean =>
  atMs !== null && atMs >= span.beginMs && atMs < span.endMs

function moneyOf({ account }: DayFacts, closes: readonly { readonly booked: Decimal | null }[]): Finding['amount'] {
  const amount = closes.length === 0 ? null : sumOfKnown(closes.map(({ booked }) => booked))
  return amount && { amount, currency: account.currency }
}

function brokenJournal({ journal }: DayFacts): readonly Finding[] {
  return (journal?.files ?? []).flatMap(({ name, verdict }): readonly Finding[] =>
    verdict.kind === 'whole'
      ? []
      : [
          {
            severity: 'red',
            kind: 'broken-journal',
            words: `the journal ${name} is not as it was written: ${verdict.fault.words}`,
            rows: [`${name}:${verdict.fault.line}`],
            amount: null,
          },
        ],
  )
}

function incompleteSources({ sources }: DayFacts): readonly Finding[] {
  return sources.flatMap(({ source, rows, isComplete: isWhole }): readonly Finding[] =>
    isWhole
      ? []
      : [
          {
            severity: source === 'transactions' || source === 'import' ? 'red' : 'note',
            kind: 'incomplete-source',
            words: `not all of the ${source} could be read, only ${rows} rows; sums of it are too small or too large`,
            rows: [],
            amount: null,
          },
        ],
  )
}

function guesses(rows: readonly string[]): readonly Finding[] {
  if (rows.length === 0) return []
  const words = `${rows.length} rows were put beside a deal by market, levels, sizes and times alone: no reference names it`
  return [{ severity: 'note', kind: 'guessed-match', words, rows, amount: null }]
}

function smallSample({ all }: Statistics): readonly Finding[] {
  if (!all.isSmall || all.trades === 0) return []
  const words = `${all.trades} ${all.trades === 1 ? 'trade is' : 'trades are'} fewer than ${SMALL_SAMPLE}: shares and means of so few say little about the next ones`
  return [{ severity: 'note', kind: 'small-sample', words, rows: [], amount: null }]
}

const signed = (amount: Decimal): string => `${amount.isNegative() ? '' : '+'}${amount.toFixed()}`

const timeText = (atMs: number): string => new Date(atMs).toISOString().replace(/\.000Z$/, 'Z')
