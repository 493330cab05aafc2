/**
 * Makes a tape of made-up prices, for those who have none: `node mock-broker/make-tape.ts FILE [--epic EPIC…] [--minutes N] [--seed N]
 * [--start DATE]`. The same arguments make the same bytes. A FILE that ends in .gz is gzipped.
 */
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import { markets, sampleTape } from './engine/index.ts'

try {
  await make(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`make-tape: ${error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error)}\n`)
  process.exitCode = 2
}

async function make(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      epic: { type: 'string', multiple: true, default: ['CS.D.EURUSD.CFD.IP', 'IX.D.DAX.IFD.IP'] },
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      start: { type: 'string', default: '2026-01-05T09:00:00Z' },
    },
  })
  const [file, ...excess] = positionals
  if (file === undefined || excess.length > 0)
    throw new Error(`expected one file to write, but got ${positionals.length}; see mock-broker/README.md`)
  // Recordings cannot be had again.
  if (await stat(file).catch(() => null)) throw new Error(`expected a new file, but ${file} is there; name another`)
  const startMs = Date.parse(values.start)
  if (Number.isNaN(startMs)) throw new Error(`expected an ISO date as --start, but got ${values.start}; correct it`)
  const lines = sampleTape({
    markets: [...new Set(values.epic)].map(marketOf),
    seed: wholeNumber('--seed', values.seed),
    minutes: wholeNumber('--minutes', values.minutes),
    startMs,
  })
  const parts = [
    Readable.from(lines),
    ...(file.endsWith('.gz') ? [createGzip({ level: 9 })] : []),
    createWriteStream(file, { flags: 'wx' }),
  ]
  await pipeline(parts)
}

function marketOf(epic: string) {
  const market = markets.find(candidate => candidate.epic === epic)
  if (market?.synthetic) return market
  throw new Error(`expected the epic of a market with prices, such as CS.D.EURUSD.CFD.IP, but got ${epic}; correct it`)
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Error(`expected a whole number as ${flag}, but got ${text}; correct it`)
}
