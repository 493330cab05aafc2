import { excerpt } from './line-sieve.ts'
import type { TapeHeader, TapeMarket } from './tape-entry.ts'
import { TapeError } from './tape-error.ts'

/** The first field of a tape of Scalpdesk's own, by which it is recognised. */
export const DIALECT = 'scalpdesk-tape'
export const VERSION = 1

/** Reads the first line of a tape. @throws TapeError `unknown-format`. */
export function readHeader(file: string, line: string): TapeHeader {
  const [dialect, version, startText = '', ...listed] = line.split(',')
  const wrong = (expected: string) =>
    new TapeError(
      'unknown-format',
      file,
      `expected ${expected} in the first line of ${file}, but it is ${excerpt(line)}; give a whole tape of Scalpdesk`,
    )
  if (dialect !== DIALECT) throw wrong(`"${DIALECT}"`)
  if (version !== String(VERSION)) throw wrong(`version ${VERSION} of the format`)
  if (!/^\d{1,15}$/.test(startText)) throw wrong('the start in epoch milliseconds as third field')
  const markets: TapeMarket[] = []
  for (const text of listed) {
    const [, epic, decimals] = /^([A-Za-z0-9._]{1,30}):(\d)$/.exec(text) ?? []
    if (epic === undefined) throw wrong('markets such as CS.D.EURUSD.CFD.IP:5 from the fourth field on')
    if (markets.some(market => market.epic === epic)) throw wrong('each market once')
    markets.push({ epic, decimals: Number(decimals) })
  }
  if (markets.length === 0) throw wrong('a market such as CS.D.EURUSD.CFD.IP:5 as fourth field')
  return { startMs: Number(startText), markets }
}
