import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { markets, readReplay } from '@scalpdesk/mock-broker/engine'
import { systemClock } from '@scalpdesk/sdk'
import { openTickCache } from './cache-feed.ts'
import { writeTickCache } from './cache-writer.ts'
import { type FeedOptions, openTicks } from './tape-feed.ts'

/** Ticks as a cache: the one that is there already, else it is made. @returns its path */
export async function cachedTicks(
  files: readonly string[],
  options: FeedOptions & { readonly folder: string; readonly onProgress?: (fraction: number) => void },
): Promise<string> {
  const { folder, onProgress, ...reading } = options
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${cacheName(files, reading)}.ticks`)
  if (isWhole(path)) {
    const usedAt = systemClock.nowMs() / 1_000
    utimesSync(path, usedAt, usedAt)
    return path
  }
  const feed = await openTicks(files, reading)
  try {
    await writeTickCache(path, feed, onProgress)
  } finally {
    await feed.close()
  }
  forgetOldest(folder, path)
  return path
}

function isWhole(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })) return false
  try {
    void openTickCache(path).close()
    return true
  } catch {
    return false
  }
}

/** The same for the same files, as they are now, and the same way to read them. */
function cacheName(files: readonly string[], { from = '', strict = false }: FeedOptions): string {
  const hash = createHash('sha256').update(`2 ${from} ${strict}`)
  for (const each of files) {
    const { file } = readReplay(each, markets)
    const { size = 0, mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
    hash.update(`\n${each}\n${size} ${mtimeMs}`)
  }
  return hash.digest('hex').slice(0, 32)
}

/** Those that were not used for longest go first. */
function forgetOldest(folder: string, kept: string): void {
  const caches = readdirSync(folder)
    .filter(name => name.endsWith('.ticks'))
    .map(name => join(folder, name))
    .filter(path => path !== kept)
    .flatMap(path => {
      const found = statSync(path, { throwIfNoEntry: false })
      return found ? [{ path, size: found.size, mtimeMs: found.mtimeMs }] : []
    })
    .sort((one, other) => other.mtimeMs - one.mtimeMs)
  let bytes = statSync(kept).size
  for (const { path, size } of caches) {
    bytes += size
    if (bytes > MOST_BYTES) rmSync(path, { force: true })
  }
}

/** Our choice: a year of a busy market. */
const MOST_BYTES = 2_000_000_000
