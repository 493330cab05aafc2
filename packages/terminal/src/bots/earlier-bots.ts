import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BotKeeper, type EarlierBot, earlierRun, type KeptBot, readKeptBot } from '@scalpdesk/bots/runner'
import type { Recovered } from '@scalpdesk/desk/journal'
import { EXIT, ExitError } from '../exit-status.ts'
import { type FolderLock, lockFolder } from '../session/folder-lock.ts'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { makeFolder } from '../session/journal-folder.ts'

/** What the bots of an account leave for their next runs: their orders in the journal, and what they remember in files beside it. */
export interface EarlierBots {
  /** From now on nobody else may run a bot of this name on the account. @throws ExitError where somebody does */
  take(name: string): { readonly earlier: EarlierBot; readonly keeper: BotKeeper }
  close(): void
}

export interface EarlierBotsParts {
  /** Of the account: `bots/<world>/<account>` below the program's folder. */
  readonly folder: string
  readonly memory: Recovered
  readonly clock: { nowMs(): number; monotonicMs(): number }
  onNotice(words: string): void
}

export function earlierBots({ folder, memory, clock, onNotice }: EarlierBotsParts): EarlierBots {
  const locks: FolderLock[] = []
  return {
    take(name) {
      const own = join(folder, name)
      makeFolder(own)
      locks.push(lockBot(own, name, clock))
      const file = join(own, 'remembered.json')
      const kept = readKept(file, name, onNotice)
      const { sentWallMs, ...run } = earlierRun(name, memory)
      const [nowMs, wallMs] = [clock.monotonicMs(), clock.nowMs()]
      const sentAtMs = sentWallMs.filter(ms => wallMs - ms < MINUTE_MS).map(ms => nowMs - (wallMs - ms))
      const earlier = { ...run, sentAtMs, heard: kept?.heard ?? null, state: kept?.state ?? null }
      return { earlier, keeper: fileKeeper(file, name, onNotice) }
    },
    close() {
      for (const lock of locks.splice(0)) lock.release(null)
    },
  }
}

/** Two of a name could not tell their positions apart, and would count each other's losses. */
function lockBot(folder: string, name: string, clock: { nowMs(): number }): FolderLock {
  try {
    return lockFolder(folder, clock)
  } catch (error) {
    if (!(error instanceof HeldFolderError)) throw error
    throw new ExitError(
      EXIT.failed,
      `expected ${name} to run once on an account, but another process runs it already; quit that one, or give this one another name in its file`,
    )
  }
}

function readKept(file: string, name: string, onNotice: (words: string) => void): KeptBot | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  const kept = keptIn(text)
  if (kept === null) onNotice(`what ${name} remembered cannot be read (${file}): it begins anew`)
  return kept
}

function keptIn(text: string): KeptBot | null {
  try {
    return readKeptBot(JSON.parse(text))
  } catch {
    return null
  }
}

function fileKeeper(file: string, name: string, onNotice: (words: string) => void): BotKeeper {
  let hasFailed = false
  function attempt(write: () => void): void {
    try {
      write()
      hasFailed = false
    } catch (error) {
      if (hasFailed) return
      hasFailed = true
      const words = error instanceof Error ? error.message : String(error)
      onNotice(`what ${name} remembers cannot be kept for its next run (${words}); it trades on`)
    }
  }
  return {
    keep: kept =>
      attempt(() => {
        writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 })
        renameSync(`${file}.new`, file)
      }),
    forget: () => attempt(() => rmSync(file, { force: true })),
  }
}

/** Over which the orders of a bot are counted. */
const MINUTE_MS = 60_000
