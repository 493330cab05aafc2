import type { PresetStop } from '@scalpdesk/desk'
import { Decimal, type Direction } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import type { PressIntent } from '../../host/press-text.ts'
import type { CommonOptions } from '../command-context.ts'
import { epicOf } from '../name-values.ts'
import { runPress } from './run-press.ts'
import { trailingOf } from './trailing-value.ts'

export interface EnterOptions extends CommonOptions {
  readonly size?: string
  /** false: `--no-stop`. */
  readonly stop?: string | false
  readonly limit?: string
  readonly trailing?: string
  readonly guaranteed?: boolean
  readonly confirmLive?: string
}

/** One market order, and its outcome. What is left out is as in the market's preset. */
export function runEnter(direction: Direction, name: string, options: EnterOptions): Promise<number> {
  const epic = epicOf(name)
  const stop = stopOf(options)
  const { size, limit } = options
  const intent: PressIntent = {
    kind: 'enter',
    epic,
    direction,
    ...(size !== undefined && { size: new Decimal(size) }),
    ...(stop !== undefined && { stop }),
    ...(limit !== undefined && { limitPoints: new Decimal(limit) }),
  }
  const words = `${direction} ${size ?? 'the size of the preset'} ${epic}`
  return runPress(
    options,
    { kind: 'order', words, confirm: options.confirmLive, epic: () => epic },
    async (press, { ig }) => {
      // Unknown to the broker is told before a desk is needed.
      await ig.markets.get(epic)
      return press(intent)
    },
  )
}

/** @returns undefined for the preset's, null for none */
function stopOf({ stop, trailing, guaranteed = false }: EnterOptions): PresetStop | null | undefined {
  if (trailing !== undefined) {
    if (stop !== undefined || guaranteed)
      throw new ExitError(EXIT.usage, 'expected one kind of stop, but got --trailing beside another; leave one out')
    return { kind: 'trailing', ...trailingOf(trailing) }
  }
  if (guaranteed) {
    if (typeof stop === 'string') return { kind: 'guaranteed', distancePoints: new Decimal(stop) }
    throw new ExitError(EXIT.usage, 'expected --guaranteed with --stop POINTS, but got it alone; say how far away')
  }
  if (stop === false) return null
  return stop === undefined ? undefined : { kind: 'normal', distancePoints: new Decimal(stop) }
}
