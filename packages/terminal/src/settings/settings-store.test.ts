import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@scalpdesk/sdk'
import { seededRandom, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings } from './read-settings.ts'
import { isProblem, problemText } from './settings-problem.ts'
import { type Change, changeSettings } from './settings-store.ts'

/** The settings file on a real disk, with other processes and other hands around it. */

const WRITER = fileURLToPath(new URL('../testing/settings-writer.ts', import.meta.url))

let home = ''
let file = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'settings-'))
  file = join(home, 'settings.json')
})

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

const change = (make: Change) => changeSettings(home, make, { clock: systemClock })
const put =
  (text: string): Change =>
  () => ({ kind: 'text', text })
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

function problems(): readonly string[] {
  const found = readSettings(home)
  return isProblem(found) ? found.map(problemText) : []
}

describe('writing', () => {
  it('makes the folder and the file for nobody else', () => {
    home = join(home, 'new', 'home')
    expect(change(put('{}'))).toEqual({ kind: 'written' })
    expect([modeOf(home), modeOf(join(home, 'settings.json'))]).toEqual(['700', '600'])
    expect(readdirSync(home).toSorted()).toEqual(['settings.json', 'settings.lock'])
  })

  it('leaves a folder that is there already as it is, and takes the file from others', () => {
    chmodSync(home, 0o755)
    writeFileSync(file, '{}', { mode: 0o644 })
    expect(change(put('{"mode": "net"}'))).toEqual({ kind: 'written' })
    expect([modeOf(home), modeOf(file)]).toEqual(['755', '600'])
  })

  it.each(['there', 'not there yet'])('keeps a symbolic link to a file that is %s', state => {
    const dotfiles = join(home, 'dotfiles')
    mkdirSync(dotfiles)
    if (state === 'there') writeFileSync(join(dotfiles, 'desk.json'), '{}')
    symlinkSync('dotfiles/desk.json', join(home, 'link.json'))
    symlinkSync('link.json', file)
    expect(change(put('{"mode": "net"}'))).toEqual({ kind: 'written' })
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(lstatSync(join(home, 'link.json')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(dotfiles, 'desk.json'), 'utf8')).toBe('{"mode": "net"}')
  })

  it('says so when links lead in a circle, and when the folder is a file', () => {
    symlinkSync('settings.json', join(home, 'other'))
    symlinkSync('other', file)
    expect(problems()).toEqual([
      `${file}: expected a file, but its symbolic links lead in a circle; point them at a file`,
    ])
    writeFileSync(join(home, 'plain'), '')
    const found = changeSettings(join(home, 'plain'), put('{}'), { clock: systemClock })
    expect(found).toMatchObject({ kind: 'refused', words: expect.stringContaining('its folder is a file') })
  })

  it('makes a change again on what somebody without a lock wrote meanwhile', () => {
    writeFileSync(file, 'one')
    const seen: (string | null)[] = []
    const written = change(text => {
      seen.push(text)
      if (seen.length === 1) writeFileSync(file, 'two')
      return { kind: 'text', text: `${text} and three` }
    })
    expect([written.kind, seen, readFileSync(file, 'utf8')]).toEqual(['written', ['one', 'two'], 'two and three'])
  })

  it('gives up when somebody changes it again and again, and leaves it to them', () => {
    let count = 0
    const written = change(() => {
      writeFileSync(file, `${count++}`)
      return { kind: 'text', text: 'mine' }
    })
    expect(written).toMatchObject({
      kind: 'busy',
      words: expect.stringContaining('but another process is changing it; try again'),
    })
    expect(readFileSync(file, 'utf8')).toBe(String(count - 1))
    expect(readdirSync(home).filter(name => name.endsWith('.new'))).toEqual([])
  })

  it('nothing is written that the change refuses', () => {
    writeFileSync(file, '{}')
    expect(change(() => ({ kind: 'refused', words: 'no' }))).toEqual({ kind: 'refused', words: 'no' })
    expect(change(() => ({ kind: 'unchanged' }))).toEqual({ kind: 'unchanged' })
    expect(readFileSync(file, 'utf8')).toBe('{}')
  })
})

describe('processes', () => {
  function writer(name: string, count: number, shell = 'exec "$@"') {
    const command = ['-c', shell, 'sh', process.execPath, WRITER, home, name, String(count)]
    const child = spawn('sh', command, { stdio: ['ignore', 'pipe', 'pipe'] })
    running.push(child)
    let [printed, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', text => {
      printed += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      errors += text
    })
    const ended = once(child, 'close').then(([status]) => [status, errors])
    return { child, ended, epics: () => printed.split('\n').slice(0, -1) }
  }

  function marketsInFile(): readonly string[] {
    const found = readSettings(home)
    if (isProblem(found)) throw new Error(found.map(problemText).join('\n'))
    return [...found.guard.markets.keys()]
  }

  it('two that write at once lose nothing', async () => {
    const [one, other] = [writer('ONE', 40), writer('TWO', 40)]
    expect(await Promise.all([one.ended, other.ended])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(marketsInFile().toSorted()).toEqual([...one.epics(), ...other.epics()].toSorted())
  })

  it('killed at any moment of writing, the file is whole, has all that was said to be written, and can be written again', async () => {
    const random = seededRandom(8)
    const written: string[] = []
    for (let life = 0; life < 8; life++) {
      const { child, ended, epics } = writer(`LIFE${life}`, 1_000_000)
      const after = 1 + Math.floor(random.next() * 12)
      await waitFor('some changes', () => epics().length >= after)
      child.kill('SIGKILL')
      await ended
      written.push(...epics())
      const found = marketsInFile()
      expect(written.filter(epic => !found.includes(epic))).toEqual([])
    }
    expect(change(text => ({ kind: 'text', text: text ?? '' }))).toEqual({ kind: 'written' })
    expect(readdirSync(home).toSorted()).toEqual(['settings.json', 'settings.lock'])
  })

  it('when there is no room left, what was written last stays whole', async () => {
    // A file of ours may have 2 KB; a write over that is cut short, and the next one fails, as on a full disk.
    const { ended, epics } = writer('FULL', 1_000, 'trap "" XFSZ; ulimit -f 4; exec "$@"')
    const [status, errors] = await ended
    expect([status, errors]).toEqual([
      1,
      expect.stringContaining('but there is no room left; free some (nothing was changed)'),
    ])
    expect(epics().length).toBeGreaterThan(10)
    expect(marketsInFile()).toEqual(epics())
  })

  it('one that holds the lock is waited for by nobody here: it is said', async () => {
    mkdirSync(join(home, 'settings.lock'))
    const held = { pid: process.pid, started: null, place: 'here', at: '2026-01-05', isReleased: false, end: null }
    writeFileSync(join(home, 'settings.lock', 'writer-1.lock'), JSON.stringify(held))
    const processes = { own: () => ({ pid: 1, started: null, place: 'here' }), look: () => 'running' as const }
    expect(changeSettings(home, put('{}'), { clock: systemClock, processes })).toMatchObject({
      kind: 'busy',
      words: expect.stringContaining(`or remove ${join(home, 'settings.lock')} when there is none`),
    })
  })
})

describe('a file that cannot be read', () => {
  it.each<[string, () => void, RegExp]>([
    ['empty', () => writeFileSync(file, ''), /: expected settings, but it is empty; remove it to have the defaults/],
    ['nothing but spaces', () => writeFileSync(file, ' \n\t\n'), /it is empty/],
    ['cut off', () => writeFileSync(file, '{\n  "mode": "net"'), /:2:16: .*the file ends in the middle of it/],
    ['binary', () => writeFileSync(file, Buffer.from([0x7b, 0, 0x7d])), /but it is a binary file; move it away/],
    ['not UTF-8', () => writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d])), /but it is a binary file/],
    ['UTF-16', () => writeFileSync(file, '\uFEFF{}', 'utf16le'), /but it is one in UTF-16; save it as UTF-8/],
    ['huge', () => writeFileSync(file, ' '.repeat(1_048_577)), /expected at most 1048576 bytes, but it has 1048577/],
    ['a folder', () => mkdirSync(file), /expected a file, but it is a folder; move it away/],
    ['a pipe', () => execFileSync('mkfifo', [file]), /but it is a pipe, a socket or a device; move it away/],
    ['a device', () => symlinkSync('/dev/zero', file), /but it is a pipe, a socket or a device/],
  ])('%s: says so in a sentence, and stays as it is', (_what, make, words) => {
    make()
    const before = lstatSync(file)
    expect(problems()).toEqual([expect.stringMatching(words)])
    expect(problems()[0]).toContain(file)
    expect([lstatSync(file).mtimeMs, lstatSync(file).size]).toEqual([before.mtimeMs, before.size])
  })

  const isRoot = process.getuid?.() === 0

  it('belongs to somebody else, or must not be read', () => {
    writeFileSync(file, '{}')
    // Only root can give a file away, and nobody can keep one from root.
    if (isRoot) chownSync(file, 12_345, 12_345)
    else chmodSync(file, 0)
    const words = isRoot
      ? /expected it to be yours, but it belongs to user 12345/
      : /but its permissions do not let you/
    expect(problems()).toEqual([expect.stringMatching(words)])
  })

  it('a mark of UTF-8 at the beginning is no fault', () => {
    writeFileSync(file, '\uFEFF{"mode": "net"}')
    expect(readSettings(home)).toMatchObject({ mode: 'net' })
  })
})

describe('a file of version 0', () => {
  const OLD = '{"version": 0, "epic": "IX.D.DAX.IFD.IP", "size": 0.50, "stop": "12", "limit": 20}'
  const now = { mode: 'hedge', markets: [{ epic: 'IX.D.DAX.IFD.IP', presets: [{ name: 'usual', sizeKey: 1 }] }] }

  it('is brought to version 1, digit by digit, and kept beside it', () => {
    writeFileSync(file, OLD)
    const found = readSettings(home)
    expect(found).toMatchObject(now)
    const backup = `${file}.version-0`
    expect(!isProblem(found) && found.from.notices).toEqual([
      `${file} is of version 0 and is read as version 1 from now on; what it was is kept in ${backup}`,
    ])
    expect([readFileSync(backup, 'utf8'), modeOf(backup)]).toEqual([OLD, '600'])
    expect(readFileSync(file, 'utf8')).toContain('"sizes": {"1": 0.50}')
    const again = readSettings(home)
    expect(again).toMatchObject({ ...now, from: { notices: [] } })
  })

  it('never replaces another file that is kept there', () => {
    writeFileSync(`${file}.version-0`, 'of last year')
    writeFileSync(file, OLD)
    expect(readSettings(home)).toMatchObject(now)
    const kept = readdirSync(home).filter(name => name.startsWith('settings.json.version-0'))
    expect(kept.map(name => readFileSync(join(home, name), 'utf8')).toSorted()).toEqual(
      ['of last year', OLD].toSorted(),
    )
  })

  it('with a problem is left alone, and its own lines are named', () => {
    const text = OLD.replace('"stop": "12"', '\n"stopp": 12')
    writeFileSync(file, text)
    expect(problems()).toEqual([
      expect.stringMatching(/settings\.json:1:1: stop: expected a distance above 0.*but it is missing/),
      expect.stringMatching(/settings\.json:2:1: stopp: .*did you mean "stop"\?/),
    ])
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('counts as it is read when the new one cannot be written', () => {
    writeFileSync(file, OLD)
    writeFileSync(join(home, 'settings.lock'), 'in the way')
    const found = readSettings(home)
    expect(found).toMatchObject(now)
    expect(!isProblem(found) && found.from.notices).toEqual([
      expect.stringMatching(/but stays as it is: expected to write/),
    ])
    expect(readFileSync(file, 'utf8')).toBe(OLD)
  })
})

it('a newer version is refused and left alone', () => {
  writeFileSync(file, '{"version": 7, "whatever": 1}')
  expect(problems()).toEqual([expect.stringMatching(/version: expected version 1 or older, but got 7/)])
  expect(readdirSync(home)).toEqual(['settings.json'])
})
