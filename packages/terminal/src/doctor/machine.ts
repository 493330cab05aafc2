import { accessSync, constants, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemCode } from '../session/journal-error.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** The program and what runs it. @param least such as `>=22.19`, as the package says */
export function versionsFinding(program: string, node: string, least: string, system: string): Finding {
  const says = `scalpdesk ${program}, Node ${node}, ${system}`
  return isAtLeast(node, least)
    ? ok('versions', says)
    : problem('versions', says, `this program needs Node ${least}: install a newer one`)
}

export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map(text =>
    text
      .replace(/^[^\d]*/, '')
      .split('.')
      .map(Number),
  )
  for (const [at, part] of (want ?? []).entries()) {
    const own = have?.[at] ?? 0
    if (own !== part) return own > part
  }
  return true
}

/** Whether the folder of the program is there, for its user alone, writable, and with room. */
export function folderFindings(home: string): readonly Finding[] {
  const there = nearest(home)
  return [permissionFinding(home), roomFinding(there)]
}

function permissionFinding(home: string): Finding {
  const name = 'folder'
  const found = statSync(home, { throwIfNoEntry: false })
  try {
    accessSync(nearest(home), constants.W_OK | constants.X_OK)
  } catch (error) {
    return problem(
      name,
      `${home} cannot be written (${systemCode(error) ?? 'no reason given'})`,
      'make it writable, or name another folder in SCALPDESK_HOME',
    )
  }
  if (!found) return ok(name, `${home} is not there yet, and will be made`)
  if (!found.isDirectory()) return problem(name, `${home} is no folder`, 'name another one in SCALPDESK_HOME')
  if (found.uid !== (process.getuid?.() ?? found.uid))
    return problem(name, `${home} belongs to another user`, 'use a folder of your own, with SCALPDESK_HOME')
  if ((found.mode & 0o077) !== 0)
    return warning(
      name,
      `${home} can be read by others (mode ${(found.mode & 0o777).toString(8)})`,
      `chmod 700 ${home}`,
    )
  return ok(name, `${home}, for you alone`)
}

function roomFinding(folder: string): Finding {
  const name = 'disk'
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const says = `${Math.floor(free / MIB)} MiB free`
  if (free < LEAST_FREE) return problem(name, says, 'free some: a full disk refuses entries')
  return free < ENOUGH_FREE ? warning(name, says, 'free some before the journal needs it') : ok(name, says)
}

const MIB = 2 ** 20
/** A busy day of journal and a tape: our choices. */
const LEAST_FREE = 50 * MIB
const ENOUGH_FREE = 500 * MIB

/** The folder, or the first one above it that is there. */
function nearest(folder: string): string {
  let at = folder
  while (!exists(at) && dirname(at) !== at) at = dirname(at)
  return at
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
