import { statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Strategy } from '../strategy/strategy.ts'
import { StrategyError } from '../strategy/strategy-error.ts'

/**
 * Loads the strategy that a file exports as its default. TypeScript runs with its types taken off: they are not checked.
 * @throws StrategyError when there is none, in one sentence
 */
export async function loadStrategy(file: string): Promise<Strategy> {
  const path = resolve(file)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new StrategyError(`expected a file with a strategy, but there is no file ${file}; check the path`)
  const loaded = await importFile(path, file)
  const strategy = 'default' in loaded ? loaded.default : undefined
  if (isStrategy(strategy)) return strategy
  const what = strategy === undefined ? `${file} exports no default` : 'its default export is something else'
  throw new StrategyError(
    `expected ${file} to export a strategy, but ${what}; write: export default defineStrategy({ name, decide })`,
  )
}

/**
 * Files outside of any package find `@scalpdesk/bots` too: the one that runs them.
 * @param botsUrl the module that stands for it
 */
export function lendBots(botsUrl: string): void {
  registerHooks({
    resolve(name, context, next) {
      try {
        return next(name, context)
      } catch (cause) {
        if (name === '@scalpdesk/bots') return { url: botsUrl, shortCircuit: true }
        throw cause
      }
    },
  })
}

async function importFile(path: string, file: string): Promise<object> {
  try {
    const loaded: unknown = await import(pathToFileURL(path).href)
    return typeof loaded === 'object' && loaded !== null ? loaded : {}
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'StrategyError') throw new StrategyError(`${file}: ${cause.message}`)
    const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    const place = placeOf(path, cause)
    throw new StrategyError(`expected ${file} to load, but ${firstLines(words)}${place}; mend the file`, { cause })
  }
}

/** A syntax error comes with its line drawn below it. */
const firstLines = (words: string): string =>
  words
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .slice(0, 3)
    .join(' · ')
    .slice(0, 400)

/** File and line, without the folders before it: of a syntax error they stand above all, else in the calls. */
function placeOf(path: string, cause: unknown): string {
  const [first = '', ...calls] = (cause instanceof Error ? (cause.stack ?? '') : '').split('\n')
  const [, above] = /\/([^/\s]+:\d+)$/.exec(first) ?? []
  if (above !== undefined) return ` (${above})`
  const own = `${basename(path)}:`
  const call = calls.find(each => each.includes(`/${own}`))
  const line = call && /^\d+/.exec(call.slice(call.indexOf(own) + own.length))?.[0]
  return line === undefined ? '' : ` (${own}${line})`
}

function isStrategy(value: unknown): value is Strategy {
  return typeof value === 'object' && value !== null && 'scalpdesk' in value && value.scalpdesk === 'strategy'
}
