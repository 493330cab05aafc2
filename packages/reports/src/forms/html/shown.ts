import type { Decimal } from '@scalpdesk/sdk'
import { grouped, meanText, moneyText, ratioText, signed } from '../../figures.ts'
import { plainWords } from '../plain-words.ts'
import { html, type Markup } from './markup.ts'

/** What stands where nothing is known. */
export const UNKNOWN: Markup = html`<span class="none" title="not known">–</span>`

/** Words of others: kept in one piece and in their own direction. */
export function said(words: string): Markup {
  return html`<bdi>${plainWords(words)}</bdi>`
}

/** A figure that is neither good nor bad. */
export function neutral(figure: string | null): Markup {
  return figure === null ? UNKNOWN : html`${grouped(figure)}`
}

/** A figure with its sign, coloured by it. */
export function toned(figure: string | null): Markup {
  if (figure === null) return UNKNOWN
  return html`<span class="${toneOf(figure)}">${grouped(signed(figure))}</span>`
}

export function money(value: Decimal | null, currency: string): Markup {
  return toned(value === null ? null : moneyText(value, currency))
}

export function mean(value: Decimal | null, currency: string): Markup {
  return toned(value === null ? null : meanText(value, currency))
}

export function ratio(value: Decimal | null): Markup {
  return neutral(value === null ? null : ratioText(value))
}

export function toneOf(figure: string): 'up' | 'down' | 'flat' {
  if (figure.startsWith('-')) return 'down'
  return /^[0.]*$/.test(figure) ? 'flat' : 'up'
}

export function count(number: number): string {
  return grouped(String(number))
}
