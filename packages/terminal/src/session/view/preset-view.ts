import type { Contract, PresetSize, SizeKey } from '@scalpdesk/desk'
import type { ScreenView } from '../../screen/view.ts'

const SIZE_KEYS: readonly SizeKey[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

export function presetView({ chosen, sizeKey }: Pick<Contract, 'chosen' | 'sizeKey'>): ScreenView['preset'] {
  const { name, sizes, stop, limitPoints } = chosen
  return {
    name,
    sizes: SIZE_KEYS.flatMap(key => {
      const size = sizes[key]
      return size ? [{ key, size: sizeText(size), isChosen: key === sizeKey }] : []
    }),
    size: sizeText(sizes[sizeKey]),
    stopKind: stop?.kind ?? null,
    stop: stop ? `${stop.distancePoints.toFixed()} points` : null,
    limit: limitPoints ? `${limitPoints.toFixed()} points` : null,
  }
}

/** A size from risk is what is risked: what it comes to changes with the price and the equity. */
function sizeText(size: PresetSize | undefined): string {
  if (!size) return '?'
  if (size.kind === 'fixed') return size.size.toFixed()
  return size.risk.kind === 'money' ? `risk ${size.risk.amount.toFixed()}` : `risk ${size.risk.percent.toFixed()} %`
}
