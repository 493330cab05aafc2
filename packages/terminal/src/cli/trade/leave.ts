import { Decimal } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import type { CommonOptions } from '../command-context.ts'
import { dealIdOf, epicOf } from '../name-values.ts'
import { EXITING, runPress } from './run-press.ts'

export interface CloseOptions extends CommonOptions {
  readonly size?: string
}

/** Closes a position, or so much of it. */
export function runClose(name: string, options: CloseOptions): Promise<number> {
  const dealId = dealIdOf(name)
  const { size } = options
  const part = size === undefined ? 'all' : { size: new Decimal(size) }
  return runPress(options, EXITING, press => press({ kind: 'close', dealId, part }))
}

export interface FlattenOptions extends CommonOptions {
  readonly epic?: readonly string[]
}

/** Cancels the working orders and closes the positions of the account, or of one market. */
export function runFlatten({ epic: names = [], ...options }: FlattenOptions): Promise<number> {
  const [name, ...more] = names
  if (more.length > 0)
    throw new ExitError(EXIT.usage, 'expected one --epic at most, but got several; flatten them one by one, or all')
  const scope = name === undefined ? ({ kind: 'account' } as const) : ({ kind: 'market', epic: epicOf(name) } as const)
  return runPress(options, EXITING, press => press({ kind: 'flatten', scope }))
}
