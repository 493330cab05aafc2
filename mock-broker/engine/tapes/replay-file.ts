import type { Market } from '../market.ts'
import { unknownMarket, type Wish } from './casting.ts'
import { TapeError } from './tape-error.ts'

/** A file to be played, and by which market. */
export interface ReplayFile {
  readonly file: string
  /** Left out, the file says it. */
  readonly epic?: string | undefined
  /** Map the prices onto the usual level of that market: the file may be of any instrument then. */
  readonly rescaled?: boolean | undefined
}

/**
 * Reads `FILE`, `EPIC=FILE` (the market plays the file as it is) or `EPIC~FILE` (it plays something like the file: rescaled). Both
 * signs mean nothing to a shell inside a word, as `*`, `@(` or `{}` would, and stand before the file, whose name may hold anything.
 * @throws TapeError for an epic that the broker does not have.
 */
export function readReplay(
  text: string | ReplayFile,
  markets: readonly Market[],
): ReplayFile & { readonly wish?: Wish } {
  const wanted = typeof text === 'string' ? partsOf(text) : text
  const { file, epic, rescaled = false } = wanted
  if (file === '') throw new TapeError('bad-replay', file, `expected a file, but got ${JSON.stringify(text)}; add one`)
  if (epic === undefined) {
    if (rescaled)
      throw new TapeError(
        'bad-replay',
        file,
        `expected the epic that ${file} is to be mapped onto, but got none; add epic`,
      )
    return { file }
  }
  if (!markets.some(market => market.epic === epic)) throw unknownMarket(file, epic)
  return { file, epic, rescaled, wish: { epic, isRescaled: rescaled } }
}

function partsOf(text: string): ReplayFile {
  const [, epic, sign, file = ''] = /^([\w.-]+)([=~])(.*)$/s.exec(text) ?? []
  if (epic === undefined) return { file: text }
  return { file, epic, rescaled: sign === '~' }
}
