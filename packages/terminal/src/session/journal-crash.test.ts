import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verify } from '@scalpdesk/desk/journal'
import { systemClock } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { sha256 } from './journal-digest.ts'
import { openJournal } from './journal-file.ts'

/** The journal in processes of its own that are killed. */

const WRITER = fileURLToPath(new URL('../testing/journal-writer.ts', import.meta.url))

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

interface Writer {
  lines(): readonly string[]
  kill(): Promise<void>
}

function startWriter(folder: string, durability = 'written', shell = 'exec "$@"'): Writer {
  const child = spawn('sh', ['-c', shell, 'sh', process.execPath, WRITER, folder, durability], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  let printed = ''
  child.stdout?.setEncoding('utf8').on('data', text => {
    printed += text
  })
  const closed = new Promise<void>(resolve => {
    child.once('close', () => resolve())
  })
  return {
    lines: () => printed.split('\n').slice(0, -1),
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'crash-'))
const written = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.ndjson'))
    .sort()
    .flatMap(name => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))

it.each(['written', 'flushed'])(
  'what append returned for survives SIGKILL, every time, and the next writer goes on in one chain (%s)',
  async durability => {
    const folder = newFolder()
    const said: string[] = []
    for (let life = 0; life < 4; life++) {
      const writer = startWriter(folder, durability)
      await waitFor('some records', () => writer.lines().length > 20 + 30 * life)
      await writer.kill()
      said.push(...writer.lines().filter(line => line.startsWith('SD-')))
    }
    const journal = openJournal(folder, systemClock)
    const lines = written(folder)
    journal.close()
    expect(verify(lines, sha256)).toMatchObject({ kind: 'whole' })
    const names = new Set(lines.map(line => JSON.parse(line).because))
    expect(said.filter(name => !names.has(name))).toEqual([])
  },
)

it('of several that start at once one writes, the others say who it is; killed, it makes room for the next', async () => {
  const folder = newFolder()
  const writers = Array.from({ length: 4 }, () => startWriter(folder))
  await waitFor('all of them', () => writers.every(writer => writer.lines().length > 0))
  const winners = writers.filter(writer => writer.lines()[0] === 'open')
  expect(winners).toHaveLength(1)
  const refused = writers.filter(writer => !winners.includes(writer)).map(writer => writer.lines()[0])
  const named = () => winners.flatMap(writer => writer.lines().find(line => line.startsWith('SD-')) ?? [])
  await waitFor('its first record', () => named().length > 0)
  const [name = ''] = named()
  for (const words of refused) expect(words).toContain(`process ${name.split('-')[1]}, since`)
  await winners[0]?.kill()
  const next = startWriter(folder)
  await waitFor('the next', () => next.lines().length > 1)
  expect(next.lines()[0]).toBe('open')
})

it('a file that may not grow any more refuses records in words, keeps the whole ones, and is gone on with later', async () => {
  const folder = newFolder()
  // The system takes a part of a line and then none: 512-byte blocks, and no signal for it.
  const writer = startWriter(folder, 'written', 'trap "" XFSZ; ulimit -f 4; exec "$@"')
  await waitFor('the limit', () => writer.lines().some(line => line.startsWith('failed: ')))
  expect(writer.lines().at(-1)).toMatch(/there is no room left; free some$/)
  await writer.kill()
  const names = writer.lines().filter(line => line.startsWith('SD-'))
  expect(names.length).toBeGreaterThan(2)
  const journal = openJournal(folder, systemClock)
  expect(journal.recovered.problems).toEqual([])
  journal.append({ kind: 'stopped', atMs: 0, reason: 'quit' })
  const lines = written(folder)
  expect(verify(lines, sha256)).toMatchObject({ kind: 'whole', records: names.length + 2 })
})
