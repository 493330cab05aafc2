import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Strategy } from '../strategy/strategy.ts'
import { StrategyError } from '../strategy/strategy-error.ts'

/**
 * Loads a strategy's file, TypeScript as it is: its types are taken off, not checked.
 * @throws StrategyError when there is none in it, or it cannot be read
 */
export async function loadStrategy(file: string): Promise<Strategy> {
  const loaded: unknown = await import(pathToFileURL(resolve(file)).href).catch((cause: unknown) => {
    throw new StrategyError(`expected a strategy in ${file}, but it cannot be loaded: ${reasonOf(cause)}`)
  })
  const found = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  if (isStrategy(found)) return found
  const got = found === undefined ? 'there is none' : `it is ${typeof found}`
  throw new StrategyError(
    `expected ${file} to export a strategy as its default, but ${got}; write export default defineStrategy({ … })`,
  )
}

/** Made by this package, or another copy of it. */
function isStrategy(value: unknown): value is Strategy {
  return typeof value === 'object' && value !== null && 'scalpdesk' in value && value.scalpdesk === 'strategy'
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const [first = ''] = cause.message.split('\n')
  if ('code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')
    return `${first}; write the right path, or install what it imports`
  return `${cause.name}: ${first}`
}
