import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { type Processes, systemProcesses } from './journal-process.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'lock-'))
const clock = { nowMs: () => Date.UTC(2026, 0, 5, 9) }

/** A machine where process 7 wants the lock; `running` says what became of the others. */
function machine(pid: number, running: Readonly<Record<number, string>> = {}, place = 'desk-1'): Processes {
  const started = (id: number): string | null => running[id] ?? null
  return {
    own: () => ({ pid, started: started(pid), place }),
    look: other => (other.place !== place ? 'elsewhere' : started(other.pid) === other.started ? 'running' : 'gone'),
  }
}

const held = expect.objectContaining({ name: 'HeldFolderError' })

it('is held by one at a time, and the second is told who holds it and since when', () => {
  const folder = newFolder()
  const running = { 7: 'monday', 8: 'tuesday' }
  const first = lockFolder(folder, clock, machine(7, running))
  expect(() => lockFolder(folder, clock, machine(8, running))).toThrow(
    'expected to be the only one that trades on this account, but process 7, since 2026-01-05T09:00:00.000Z, does already; quit that one, or use it',
  )
  first.release(null)
  lockFolder(folder, clock, machine(8, running))
  expect(() => lockFolder(folder, clock, machine(7, running))).toThrow(held)
})

it('is held against the same process, too', () => {
  const folder = newFolder()
  lockFolder(folder, clock)
  expect(() => lockFolder(folder, clock)).toThrow(held)
})

it('goes to the next when its process is gone, also when another one has its number now', () => {
  const folder = newFolder()
  lockFolder(folder, clock, machine(7, { 7: 'monday' }))
  expect(() => lockFolder(folder, clock, machine(8, { 7: 'monday', 8: 'tuesday' }))).toThrow(held)
  lockFolder(folder, clock, machine(8, { 7: 'wednesday', 8: 'tuesday' }))
})

it('is refused where nobody can tell whether its process runs, and names the file to remove', () => {
  const folder = newFolder()
  lockFolder(folder, clock, machine(7, { 7: 'monday' }))
  const elsewhere = machine(8, { 8: 'tuesday' }, 'desk-2')
  expect(() => lockFolder(folder, clock, elsewhere)).toThrow(
    /on desk-1, may; quit it there, or remove .*writer-1\.lock/,
  )
})

it('that a power cut left empty is nobody’s', () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'writer-4.lock'), '')
  lockFolder(folder, clock, machine(7, { 7: 'monday' }))
  expect(readdirSync(folder)).toEqual(['writer-5.lock'])
})

it('keeps one file however often it changes hands, and never gives a number twice', () => {
  const folder = newFolder()
  for (let turn = 1; turn <= 12; turn++) {
    const lock = lockFolder(folder, clock, machine(7, { 7: 'monday' }))
    expect(readdirSync(folder)).toEqual([`writer-${turn}.lock`])
    lock.release(null)
  }
})

it('tells the next writer where the last one that said so left the journal', () => {
  const folder = newFolder()
  const running = { 7: 'monday' }
  lockFolder(folder, clock, machine(7, running)).release({ seq: 12, hash: 'abcd' })
  expect(lockFolder(folder, clock, machine(7, running)).lastEnd).toEqual({ seq: 12, hash: 'abcd' })
  // That one was killed: what is known is still known.
  expect(lockFolder(folder, clock, machine(8, { 8: 'tuesday' })).lastEnd).toEqual({ seq: 12, hash: 'abcd' })
})

it('is not taken by one that acted on what it had read long before', () => {
  const folder = newFolder()
  lockFolder(folder, clock, machine(7, { 7: 'monday' }))
  const running = { 8: 'tuesday', 9: 'tuesday' }
  const fast = machine(9, running)
  // 8 finds that 7 is gone, and before it acts, 9 takes the lock and cleans up.
  const slow: Processes = {
    own: () => machine(8, running).own(),
    look(other) {
      if (other.pid === 7) lockFolder(folder, clock, fast)
      return machine(8, running).look(other)
    },
  }
  expect(() => lockFolder(folder, clock, slow)).toThrow(/process 9/)
  expect(JSON.parse(readFileSync(join(folder, 'writer-2.lock'), 'utf8'))).toMatchObject({ pid: 9 })
})

describe('the processes of this machine', () => {
  it('know this one, and a number that nobody has', () => {
    const own = systemProcesses.own()
    expect(systemProcesses.look(own)).toBe('running')
    expect(systemProcesses.look({ ...own, pid: 2 ** 22 + 1 })).toBe('gone')
    expect(systemProcesses.look({ ...own, place: 'another machine' })).toBe('elsewhere')
  })

  it.runIf(process.platform === 'linux')('tell a process from a later one of the same number', () => {
    const own = systemProcesses.own()
    expect(own.started).toMatch(/^\d+ after the start of /)
    expect(systemProcesses.look({ ...own, started: '1 after the start of another day' })).toBe('gone')
  })
})
