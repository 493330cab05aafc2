import type { ChainHead } from '@scalpdesk/desk/journal'

/** What is practised on a made-up fault. */
export const DRILLS = ['flatten', 'disconnect'] as const
export type DrillName = (typeof DRILLS)[number]

/** One line of the gate's record: what was done in the sandbox, or typed in its place. */
export type GateFact =
  | { readonly kind: 'drill-passed'; readonly drill: DrillName; readonly words: string }
  /** Trades that a journal of the sandbox holds beyond those of the line before, up to its record `upTo`. */
  | {
      readonly kind: 'trades'
      /** `<environment>/<account>` of the journal. */
      readonly folder: string
      readonly clean: number
      readonly spoiled: number
      readonly upTo: ChainHead
    }
  | { readonly kind: 'opened'; readonly sentence: string }

/** @returns null for what this version has not written. */
export function gateFactOf(values: Readonly<Record<string, unknown>>): GateFact | null {
  switch (values.kind) {
    case 'drill-passed': {
      const drill = DRILLS.find(name => name === values.drill)
      return drill && typeof values.words === 'string' ? { kind: 'drill-passed', drill, words: values.words } : null
    }
    case 'trades': {
      const { folder, clean, spoiled } = values
      const upTo = headOf(values.upTo)
      if (typeof folder !== 'string' || !isCount(clean) || !isCount(spoiled) || upTo === null) return null
      return { kind: 'trades', folder, clean, spoiled, upTo }
    }
    case 'opened':
      return typeof values.sentence === 'string' ? { kind: 'opened', sentence: values.sentence } : null
    default:
      return null
  }
}

export function headOf(value: unknown): ChainHead | null {
  if (typeof value !== 'object' || value === null) return null
  const { seq, hash } = value as Readonly<Record<string, unknown>>
  return isCount(seq) && typeof hash === 'string' ? { seq, hash } : null
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
