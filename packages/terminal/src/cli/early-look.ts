import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { homeFolder } from './home-folder.ts'

/** Settings have a few kilobytes; what has more is not read for a guess (our choice). */
const MOST_BYTES = 1_000_000

const settingsFile = (env: Variables): string => join(homeFolder(env), 'settings.json')

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Whether the screen will begin on the mock broker inside, for sure and with nothing said about it: then that one need not wait until the
 * rest has loaded.
 */
export function isOnMockForSure(args: readonly string[], env: Variables): boolean {
  if (args.length > 0 || env.SCALPDESK_ENV || env.SCALPDESK_URL) return false
  try {
    return statSync(settingsFile(env), { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}

/**
 * Whether the screen may be wanted as lines, before anything is loaded that could tell for sure: then nothing is painted until the settings
 * are read. It costs one look for the file, and a few microseconds where there is one.
 */
export function mayBeLinear(args: readonly string[], env: Variables): boolean {
  if (args.includes('--linear')) return true
  try {
    const file = settingsFile(env)
    const found = statSync(file, { throwIfNoEntry: false })
    // Whatever is no plain file, and has its name, would be waited for.
    if (!found?.isFile() || found.size > MOST_BYTES) return false
    const [, said] = /"linear"\s*:\s*([a-z]*)/.exec(readFileSync(file, 'utf8')) ?? []
    return said !== undefined && said !== 'false'
  } catch {
    // What is wrong with it is said when it is read.
    return false
  }
}
