import { Decimal } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import type { PressIntent } from '../../host/press-text.ts'
import type { CommonOptions } from '../command-context.ts'
import { dealIdOf } from '../name-values.ts'
import { runPress, type TradeDeed } from './run-press.ts'
import { trailingOf } from './trailing-value.ts'

export interface StopOptions extends CommonOptions {
  readonly level?: string
  readonly points?: string
  readonly breakeven?: boolean
  readonly tighten?: string
  /** false: `--no-trailing`. */
  readonly trailing?: string | false
  readonly confirmLive?: string
}

/** Moves the stop of a position. */
export function runStop(name: string, options: StopOptions): Promise<number> {
  const target = { dealId: dealIdOf(name) }
  const { level, points, breakeven, tighten, trailing } = options
  const wanted: readonly (PressIntent | null)[] = [
    level === undefined ? null : { kind: 'set-leg', leg: 'stop', to: { level: new Decimal(level) }, target },
    points === undefined ? null : { kind: 'set-leg', leg: 'stop', to: { points: new Decimal(points) }, target },
    breakeven ? { kind: 'breakeven', target } : null,
    tighten === undefined ? null : { kind: 'tighten', byPoints: new Decimal(tighten), target },
    trailing === undefined
      ? null
      : { kind: 'trail', trailing: trailing === false ? null : trailingOf(trailing), target },
  ]
  const [intent, ...more] = wanted.filter(each => each !== null)
  if (!intent || more.length > 0)
    throw new ExitError(
      EXIT.usage,
      `expected one of --level, --points, --breakeven, --tighten, --trailing and --no-trailing, but got ${intent ? 'several' : 'none'}; see scalpdesk stop --help`,
    )
  const deed: TradeDeed = {
    kind: 'order',
    words: `move the stop of ${target.dealId}`,
    confirm: options.confirmLive,
    epic: async ({ ig }) => (await ig.positions.list()).find(({ dealId }) => dealId === target.dealId)?.epic ?? null,
  }
  return runPress(options, deed, press => press(intent))
}
