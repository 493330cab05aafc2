import type { TapeHeader, TapeMarket } from './tape-entry.ts'

/** The first field of a tape of Scalpdesk's own, by which it is recognised. */
export const DIALECT = 'scalpdesk-tape'
export const VERSION = 1

/** Reads the first line of a tape. @returns a text that says what is wrong with it. */
export function readHeader(line: string): TapeHeader | string {
  const [dialect, version, startText = '', ...listed] = line.split(',')
  if (dialect !== DIALECT) return `expected a tape that begins with "${DIALECT}"`
  if (version !== String(VERSION)) return `expected version ${VERSION} of the format, but found ${version ?? 'none'}`
  if (!/^\d{1,15}$/.test(startText)) return 'expected the start in epoch milliseconds as the third field'
  const markets: TapeMarket[] = []
  for (const text of listed) {
    const [, epic, decimals] = /^([A-Za-z0-9._]{1,30}):(\d)$/.exec(text) ?? []
    if (epic === undefined) return 'expected markets such as CS.D.EURUSD.CFD.IP:5 from the fourth field on'
    if (markets.some(market => market.epic === epic)) return `expected each market once, but found ${epic} twice`
    markets.push({ epic, decimals: Number(decimals) })
  }
  if (markets.length === 0) return 'expected at least one market such as CS.D.EURUSD.CFD.IP:5 as the fourth field'
  return { startMs: Number(startText), markets }
}
