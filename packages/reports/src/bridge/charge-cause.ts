import type { BrokerTransaction } from '../day-facts.ts'
import type { BalanceCause } from '../report.ts'

/**
 * Why a row that is no result moved money. IG's type and its mark of cash decide where they can. The rest IG tells only in the row's text,
 * in the account's language: words of it are a hint to the name of a charge, never to an amount. What has no known word is `other`.
 */
export function chargeCause({ type, isCash, instrumentName, profitAndLoss }: BrokerTransaction): BalanceCause {
  if (type === 'dividend') return 'dividend'
  if (type === 'exchange') return 'conversion'
  if (isCash && (type === 'deposit' || type === 'withdrawal'))
    return profitAndLoss.amount.isNegative() ? 'withdrawal' : 'deposit'
  const text = instrumentName?.toLowerCase() ?? ''
  return WORDS.find(({ pattern }) => pattern.test(text))?.cause ?? 'other'
}

/** English, German, French, Spanish, Italian, Dutch, Swedish. Our choice: IG publishes none of these texts. */
const WORDS: readonly { readonly cause: BalanceCause; readonly pattern: RegExp }[] = [
  {
    cause: 'guaranteed-stop',
    pattern:
      /guaranteed stop|limited risk premium|garantierte[rn]? stop|stop garanti|stop garantizado|stop garantito|gegarandeerde stop/,
  },
  { cause: 'commission', pattern: /\bcomm(?:ission)?\b|provision|comisi[oó]n|commissione|commissie|courtage/ },
  { cause: 'dividend', pattern: /dividend|dividendo/ },
  {
    cause: 'funding',
    pattern:
      /overnight|funding|\binterest\b|tom ?next|finanzierung|financement|financiaci[oó]n|finanziamento|financiering|finansiering|\bzins/,
  },
  {
    cause: 'correction',
    pattern:
      /correction|adjustment|negative balance|korrektur|anpassung|ajustement|correcci[oó]n|ajuste|correzione|rettifica|correctie|r[aä]ttelse/,
  },
  {
    cause: 'conversion',
    pattern:
      /currency conversion|currency transfer|fx conversion|w[aä]hrungs|conversion de devise|conversi[oó]n de divisa|conversione valuta/,
  },
]
