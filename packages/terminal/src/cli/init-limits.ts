import type { Decimal } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import type { MarketSettings, Settings } from '../settings/settings.ts'
import { excerpt } from './flag-values.ts'
import { amount } from './init-markets.ts'
import { answered } from './init-question.ts'
import type { Prompt } from './prompt.ts'

/** What the command line says about limits. `none` takes one away. */
export interface LimitOptions {
  readonly maxDayLoss?: string
  readonly maxPositions?: string
  readonly maxSize?: string
}

/** The limits that everybody should think of once; null for none. */
export interface InitLimits {
  readonly maxDayLoss: Decimal | null
  readonly maxOpenPositions: number | null
  readonly maxOrderSize: Decimal | null
}

/** @throws ExitError */
export async function initLimits(
  { guard }: Pick<Settings, 'guard'>,
  markets: readonly MarketSettings[],
  currency: string,
  prompt: Prompt | null,
  options: LimitOptions,
): Promise<InitLimits> {
  const present = guard.everyMarket.maxOrderSize ?? null
  return {
    maxDayLoss: await answered(prompt, options.maxDayLoss, {
      words: `Largest loss of a day in ${currency}, or none; beyond it entries are refused`,
      usual: { words: guard.maxDayLoss?.toFixed() ?? 'none', answer: guard.maxDayLoss },
      read: orNone(amount),
    }),
    maxOpenPositions: await answered(prompt, options.maxPositions, {
      words: 'Most positions at once, or none',
      usual: {
        words: guard.maxOpenPositions === null ? 'none' : `${guard.maxOpenPositions}`,
        answer: guard.maxOpenPositions,
      },
      read: orNone(count),
    }),
    maxOrderSize: await answered(prompt, options.maxSize, {
      words: 'Largest size of one order, or none',
      usual: { words: present?.toFixed() ?? 'none', answer: present },
      read: orNone(text => atLeastPresets(amount(text), markets)),
    }),
  }
}

const orNone =
  <Value>(read: (text: string) => Value) =>
  (text: string): Value | null =>
    text === 'none' ? null : read(text)

function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new ExitError(EXIT.usage, `expected a whole number from 1 to 9999, or none, but got ${excerpt(text)}`)
}

/** A limit below a preset would refuse every entry with it. */
function atLeastPresets(most: Decimal, markets: readonly MarketSettings[]): Decimal {
  const sizes = markets.flatMap(({ epic, presets }) =>
    presets.flatMap(({ sizes: each }) =>
      Object.values(each).flatMap(size => (size.kind === 'fixed' ? [{ epic, size: size.size }] : [])),
    ),
  )
  const larger = sizes.find(({ size }) => size.greaterThan(most))
  if (!larger) return most
  throw new ExitError(
    EXIT.usage,
    `expected a size that lets every preset through, but the one of ${larger.epic} enters with ${larger.size.toFixed()}, which is more than ${most.toFixed()}`,
  )
}
