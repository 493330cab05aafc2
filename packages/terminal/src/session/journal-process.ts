import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { systemCode } from './journal-error.ts'

/** A process that nothing else can be taken for: a later one with the same number started at another time. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in the system's own words; null where the system does not tell. */
  readonly started: string | null
  /** The machine and, where there are such, the container. */
  readonly place: string
}

/** The processes of this machine, as a lock needs to know them. */
export interface Processes {
  own(): ProcessIdentity
  /** `elsewhere`: on another machine or in another container, from where nobody can tell. */
  look(identity: ProcessIdentity): 'running' | 'gone' | 'elsewhere'
}

export const systemProcesses: Processes = {
  own: () => ({ pid: process.pid, started: startOf(process.pid), place: PLACE }),
  look({ pid, started, place }) {
    if (place !== PLACE) return 'elsewhere'
    if (!isThere(pid)) return 'gone'
    const now = startOf(pid)
    // Without both times the number alone counts: rather refuse a start than let two write.
    return started !== null && now !== null && now !== started ? 'gone' : 'running'
  },
}

/** Whether a process of this machine runs. Asks without a signal; one of somebody else answers with EPERM. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
  // One that ended and was not waited for yet holds nothing any more.
  return !/^[ZX]/.test(statOf(pid)?.[0] ?? '')
}

function startOf(pid: number): string | null {
  const ticks = statOf(pid)?.[START_TIME]
  if (ticks !== undefined) return `${ticks} after the start of ${readText('/proc/sys/kernel/random/boot_id')}`
  if (process.platform !== 'darwin') return null
  try {
    // Loaded here, where it is needed: no other system asks a program.
    const { execFileSync } = process.getBuiltinModule('node:child_process')
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** The fields of /proc/PID/stat behind the name, which may hold anything: state first. Linux only. Source: proc_pid_stat(5). */
function statOf(pid: number): readonly string[] | null {
  const text = readText(`/proc/${pid}/stat`)
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** `starttime` is the 22nd field of all, the 20th behind the name. Source: proc_pid_stat(5). */
const START_TIME = 19

/** Machines that share a folder may share a name: the machine id tells them apart where there is one. */
const PLACE = [hostname(), readText('/etc/machine-id'), linkText('/proc/self/ns/pid')]
  .filter(part => part !== null)
  .join(' ')

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

function linkText(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}
