import { randomUUID } from 'node:crypto'
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HeldFolderError } from './held-folder-error.ts'
import { systemCode } from './journal-error.ts'
import { type Processes, type ProcessIdentity, systemProcesses } from './journal-process.ts'

/** The right to write in a folder. The end of the process gives it back too, whatever way it ends. */
export interface FolderLock {
  /** Where the writer before left what is written there; null when it did not get to say so. */
  readonly lastEnd: WrittenEnd | null
  release(end: WrittenEnd | null): void
}

/** The last record at the time, so that a file that was taken away since is missed. */
export interface WrittenEnd {
  readonly seq: number
  readonly hash: string
}

interface Claim extends ProcessIdentity {
  /** When it was made, for people. */
  readonly at: string
  readonly isReleased: boolean
  readonly end: WrittenEnd | null
}

/**
 * One writer at a time. A claim is a file `writer-N.lock` that appears whole (written aside, then linked), names a process, and
 * is never taken over itself: whoever finds that the process of the highest claim is gone makes the next higher one, which
 * only one can. The highest claim is never removed, so that a number is never given twice.
 * @throws HeldFolderError that names who holds it.
 */
export function lockFolder(
  folder: string,
  clock: { nowMs(): number },
  processes: Processes = systemProcesses,
): FolderLock {
  const own = { ...processes.own(), at: new Date(clock.nowMs()).toISOString() }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const highest = claimsIn(folder).at(-1) ?? 0
    const before = highest > 0 ? readClaim(folder, highest) : null
    if (before) refuseIfHeld(folder, highest, before, processes)
    const mine = highest + 1
    if (!place(folder, mine, { ...own, isReleased: false, end: before?.end ?? null })) continue
    const claims = claimsIn(folder)
    // A higher one: the claims were read before others came and went.
    if (claims.at(-1) !== mine) continue
    for (const older of claims.slice(0, -1)) rmSync(claimPath(folder, older), { force: true })
    return {
      lastEnd: before?.end ?? null,
      release(end) {
        try {
          replace(folder, mine, { ...own, isReleased: true, end: end ?? before?.end ?? null })
        } catch {
          // The end of the process gives it back, too.
        }
      },
    }
  }
  throw new HeldFolderError(`expected to become the writer of ${folder}, but others keep coming first; start again`)
}

/** Each lost attempt means that another process got ahead (our choice). */
const ATTEMPTS = 100

function refuseIfHeld(folder: string, number: number, claim: Claim, processes: Processes): void {
  if (claim.isReleased) return
  const state = processes.look(claim)
  if (state === 'gone') return
  const who = `process ${claim.pid}, since ${claim.at}`
  throw new HeldFolderError(
    state === 'running'
      ? `expected to be the only one that trades on this account, but ${who}, does already; quit that one, or use it`
      : `expected to be the only one that trades on this account, but ${who}, on ${claim.place.split(' ')[0]}, may; quit it there, or remove ${claimPath(folder, number)} if that machine is gone`,
  )
}

/** Numbers of the claims, lowest first. */
function claimsIn(folder: string): readonly number[] {
  return readdirSync(folder)
    .flatMap(name => /^writer-(\d+)\.lock$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/** @returns null for one that is not there any more, or that a power cut left empty. */
function readClaim(folder: string, number: number): Claim | null {
  try {
    return JSON.parse(readFileSync(claimPath(folder, number), 'utf8')) as Claim
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** @returns false when somebody else made that claim. */
function place(folder: string, number: number, claim: Claim): boolean {
  const aside = writeAside(folder, claim)
  try {
    linkSync(aside, claimPath(folder, number))
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function replace(folder: string, number: number, claim: Claim): void {
  renameSync(writeAside(folder, claim), claimPath(folder, number))
}

function writeAside(folder: string, claim: Claim): string {
  const path = join(folder, `writer-${randomUUID()}.new`)
  // Not forced to the disk: a power cut ends the process that it names, too.
  writeFileSync(path, `${JSON.stringify(claim)}\n`, { flag: 'wx', mode: 0o600 })
  return path
}

const claimPath = (folder: string, number: number): string => join(folder, `writer-${number}.lock`)
