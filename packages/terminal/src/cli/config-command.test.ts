import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTerminal, type TerminalSession } from '@scalpdesk/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { sharedRuns } from '../testing/many-runs.ts'
import type { EndedCommand } from '../testing/running-command.ts'
import { PROGRAM, ROOT } from '../testing/running-desk.ts'

/** `scalpdesk config`, on the real program. */

const open = closedAfterEach()

const runs = sharedRuns()

let home = ''
let file = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'config-'))
  file = join(home, 'settings.json')
})

async function config(...args: readonly string[]): Promise<EndedCommand> {
  return configWith({}, ...args)
}

async function configWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<EndedCommand> {
  return runs.run(['config', ...args], { SCALPDESK_HOME: home, ...env })
}

const done = (stdout: string) => ({ status: 0, stdout, stderr: '' })
const textNow = () => readFileSync(file, 'utf8')

const BAD = `{
  "mode": "nett",
  "apiKey": "hunter2",
  "guard": {"maxDayLoss": -1}
}`
const BAD_LINES = [
  ':2:11: mode: expected hedge or net, but got "nett"; did you mean "net"?',
  ':3:3: apiKey: expected no credentials in the settings',
  ':4:27: guard.maxDayLoss: expected an amount above 0, with at most 12 decimals, or null, but got -1; correct it',
]

describe('config path', () => {
  it('is in SCALPDESK_HOME, else in the home folder', async () => {
    expect(await config('path')).toEqual(done(`${file}\n`))
    expect(await configWith({ SCALPDESK_HOME: '', HOME: '/home/me' }, 'path')).toEqual(
      done('/home/me/.scalpdesk/settings.json\n'),
    )
  })
})

describe('config get', () => {
  it('prints a setting as it counts, whether the file has it or not', async () => {
    writeFileSync(file, '{"mode": "net", "guard": {"maxDayLoss": 200.10}}')
    expect(await config('get', 'mode')).toEqual(done('net\n'))
    expect(await config('get', 'guard.maxDayLoss')).toEqual(done('200.1\n'))
    expect(await config('get', 'guard.maxPriceAgeMs')).toEqual(done('10000\n'))
    expect(await config('get', 'watchdogs.missingStop', '--json')).toEqual(
      done('{"key": "watchdogs.missingStop", "value": {"of": "any", "closeAfterMs": null}, "isDefault": true}\n'),
    )
  })

  it('without a key prints all of them; --json on one line', async () => {
    const all = await config('get')
    const json = await config('get', '--json')
    expect([all.status, json.status, json.stdout.split('\n').length]).toEqual([0, 0, 2])
    expect(JSON.parse(all.stdout)).toEqual(JSON.parse(json.stdout))
    expect(Object.keys(JSON.parse(json.stdout))).toEqual(
      'version environment account mode timeZone markets guard watchdogs keys screen journal reports'.split(' '),
    )
  })

  it('says what is not set with status 1, and what is no setting with status 2', async () => {
    expect(await config('get', 'guard.markets["CS.D.EURUSD.CFD.IP"].maxOrderSize')).toMatchObject({
      status: 1,
      stdout: '',
    })
    expect(await config('get', 'guard.maxDayLos')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'scalpdesk: expected a setting, but guard.maxDayLos is none; did you mean "maxDayLoss"?\n',
    })
  })
})

describe('config set', () => {
  it('checks, writes, and prints what it was and is; then it says so when nothing changes', async () => {
    expect(await config('set', 'guard.maxDayLoss', '200.10')).toEqual(
      done('guard.maxDayLoss: null (default) → 200.1\n'),
    )
    expect(textNow()).toContain('"maxDayLoss": 200.10')
    expect(await config('set', 'guard.maxDayLoss', '250')).toEqual(done('guard.maxDayLoss: 200.1 → 250\n'))
    expect(await config('set', 'guard.maxDayLoss', '250')).toEqual(done('guard.maxDayLoss: 250, as before\n'))
    expect(await config('unset', 'guard.maxDayLoss')).toEqual(done('guard.maxDayLoss: 250 → null (default)\n'))
    expect(await config('check')).toEqual(done(`${file}: whole, and nothing wrong with it\n`))
  })

  it('also sets what is about the file itself', async () => {
    expect(await config('set', '$schema', './settings.schema.json')).toEqual(
      done('$schema: not set → "./settings.schema.json"\n'),
    )
    expect(await config('get', 'version')).toEqual(done('1\n'))
  })

  it('takes a value that begins with a dash behind --', async () => {
    expect(await config('set', 'mode', '--', '-x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('but got "-x"'),
    })
  })

  it.each([
    ['a wrong value', ['mode', 'nett'], /mode: expected hedge or net, but got "nett"/],
    ['a value of another kind', ['guard', '5'], /guard: expected an object/],
    ['an unknown setting', ['gaurd.maxDayLoss', '5'], /gaurd is none; did you mean "guard"\?/],
    ['no setting', ['', '5'], /expected a setting such as/],
    ['a credential', ['password', 'hunter2'], /expected no credentials/],
    ['a credential deeper down', ['guard', '{"api_key": "hunter2"}'], /guard\.api_key: expected no credentials/],
    ['half a market', ['markets[0].epic', 'CS.D.EURUSD.CFD.IP'], /presets: expected a list/],
    ['a control character', ['account', 'a\x1b[31m'], /expected an account id/],
  ])('refuses %s with status 2, writes nothing and shows no secret', async (_what, [key = '', value = ''], words) => {
    writeFileSync(file, '{"version": 1}')
    const { status, stdout, stderr } = await config('set', key, value)
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(words)])
    expect(stderr).not.toMatch(/hunter2|\x1b/)
    expect(textNow()).toBe('{"version": 1}')
  })

  it('does not touch a file that has a problem: it tells all of them', async () => {
    writeFileSync(file, BAD)
    const { status, stderr } = await config('set', 'mode', 'net')
    expect([status, stderr.split('\n').length, textNow()]).toEqual([1, 4, BAD])
  })

  it('says so when the folder cannot be written', async () => {
    const plain = join(home, 'plain')
    writeFileSync(plain, '')
    const ended = await configWith({ SCALPDESK_HOME: join(plain, 'below') }, 'set', 'mode', 'net')
    expect(ended).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/its folder (to be a folder|is a file)/),
    })
  })
})

describe('config check', () => {
  it('says all that is wrong with lines, and status 1', async () => {
    writeFileSync(file, BAD)
    const { status, stdout, stderr } = await config('check')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr.trimEnd().split('\n')).toEqual(
      BAD_LINES.map(line => expect.stringContaining(`scalpdesk: ${file}${line}`)),
    )
    expect(stderr).not.toContain('hunter2')
  })

  it('--json prints one document', async () => {
    writeFileSync(file, BAD)
    const { status, stdout } = await config('check', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      file,
      exists: true,
      ok: false,
      problems: [
        { path: 'mode', line: 2, column: 11, words: expect.stringContaining('expected hedge or net') },
        { path: 'apiKey', line: 3 },
        { path: 'guard.maxDayLoss', line: 4 },
      ],
    })
    writeFileSync(file, '')
    expect(JSON.parse((await config('check', '--json')).stdout)).toMatchObject({
      ok: false,
      problems: [{ path: 'the settings' }],
    })
  })

  it('without a file the defaults count', async () => {
    expect(await config('check')).toEqual(done(`${file}: not there, so the defaults count\n`))
    expect(readdirSync(home)).toEqual([])
  })

  it('tells of a file that was brought to the version of today', async () => {
    writeFileSync(file, '{"version": 0, "epic": "IX.D.DAX.IFD.IP", "size": 1, "stop": 12}')
    expect(await config('check')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('is read as version 1 from now on'),
    })
    expect(await config('get', 'markets[0].presets.usual.stop.points')).toEqual(done('12\n'))
  })
})

describe('config example', () => {
  it('prints a file that passes the check', async () => {
    const { status, stdout } = await config('example')
    expect(status).toBe(0)
    writeFileSync(file, stdout)
    expect(await config('check')).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('wrong usage', () => {
  it.each([
    ['nothing to do', [], /expected config get, set or another/],
    ['something else to do', ['mend'], /but got config mend/],
    ['no key', ['set'], /missing required argument 'key'/],
    ['no value', ['set', 'mode'], /missing required argument 'value'/],
    ['too much', ['get', 'mode', 'account'], /too many arguments/],
    ['a flag of another command', ['set', 'mode', 'net', '--json'], /config set takes no --json/],
  ])('%s: status 2', async (_what, args, words) => {
    const { status, stdout, stderr } = await config(...args)
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(words)])
  })
})

describe('config edit', () => {
  /** An editor that does what the shell says; `$1` is the file. */
  const editor = (script: string) => ({ EDITOR: `sh -c '${script}' editor` })
  const copies = () => readdirSync(home).filter(name => name.startsWith('settings-edit-'))

  it('takes the text when nothing is wrong with it, byte for byte', async () => {
    writeFileSync(file, '{"mode": "net"} // mine\n')
    const edited = await configWith(editor('sed -i s/net/hedge/ "$1"'), 'edit')
    expect(edited).toEqual(done(`${file}: changed\n`))
    expect([textNow(), copies()]).toEqual(['{"mode": "hedge"} // mine\n', []])
  })

  it('prefers VISUAL, begins a new file, and says so when nothing changes', async () => {
    const env = { ...editor('exit 9'), VISUAL: 'true' }
    expect(await configWith(env, 'edit')).toEqual(done(`${file}: nothing changed\n`))
    expect(readdirSync(home)).toEqual([])
    expect(await configWith(editor('echo "{\\"mode\\": \\"net\\"}" > "$1"'), 'edit')).toMatchObject({ status: 0 })
    expect(textNow()).toBe('{"mode": "net"}\n')
  })

  it('a file with a problem is what it is for', async () => {
    writeFileSync(file, BAD)
    expect(await configWith(editor('echo "{}" > "$1"'), 'edit')).toMatchObject({ status: 0 })
    expect(textNow()).toBe('{}\n')
  })

  it('with nobody to ask a text with a problem is kept, and the settings stay', async () => {
    writeFileSync(file, '{}')
    const { status, stderr } = await configWith(editor('echo "{\\"mode\\": 1}" > "$1"'), 'edit')
    const [copy = ''] = copies()
    expect([status, textNow(), readFileSync(join(home, copy), 'utf8')]).toEqual([1, '{}', '{"mode": 1}\n'])
    expect(stderr).toContain(`${join(home, copy)}:1:10: mode: expected hedge or net, but got 1`)
    expect(stderr).toContain(`your text is kept in ${join(home, copy)}`)
    const again = await configWith({ EDITOR: 'true' }, 'edit')
    expect(again.stderr).toContain(`an earlier edit was not taken: its text is in ${join(home, copy)}`)
  })

  it.each([
    ['fails', 'echo "{}  " > "$1"; exit 3', /ended with status 3; nothing was changed, and your text is kept in/],
    ['is not there', 'exec /no/such/editor "$1"', /ended with status 127; nothing was changed$/m],
    ['is killed', 'echo "{}  " > "$1"; kill -9 $$', /nothing was changed, and your text is kept in/],
    ['removes the file', 'rm "$1"', /the editor removed it; nothing was changed/],
    ['makes it binary', 'printf "\\\\000" > "$1"', /but it is a binary file/],
  ])('an editor that %s changes nothing', async (_what, script, words) => {
    writeFileSync(file, '{"mode": "net"}')
    const { status, stderr } = await configWith(editor(script), 'edit')
    expect([status, textNow(), stderr]).toEqual([1, '{"mode": "net"}', expect.stringMatching(words)])
  })

  it('does not write over what was changed meanwhile', async () => {
    writeFileSync(file, '{}')
    const { status, stderr } = await configWith(
      editor(`echo "{  }" > "$1"; echo "{\\"mode\\": \\"net\\"}" > ${file}`),
      'edit',
    )
    expect([status, textNow()]).toEqual([1, '{"mode": "net"}\n'])
    expect(stderr).toMatch(/but it was changed meanwhile; put both together; your text is kept in /)
    expect(copies()).toHaveLength(1)
  })

  it('without an editor says what to set', async () => {
    expect(await config('edit')).toMatchObject({ status: 2, stderr: expect.stringContaining('EDITOR=nano') })
  })

  describe('on a terminal', () => {
    function onTerminal(script: string): TerminalSession {
      const env = { SCALPDESK_HOME: home, HOME: home, PATH: process.env.PATH ?? '', ...editor(script) }
      const session = openTerminal({
        command: process.execPath,
        args: [PROGRAM, 'config', 'edit'],
        columns: 160,
        cwd: ROOT,
        env,
      })
      open.push({
        async [Symbol.asyncDispose]() {
          session.kill('SIGKILL')
          await session.exited
        },
      })
      return session
    }
    // Wrong the first time, right the second.
    const TWICE = 'if grep -q nett "$1"; then sed -i s/nett/net/ "$1"; else echo "{\\"mode\\": \\"nett\\"}" > "$1"; fi'

    it('asks whether to go on, and takes the text once it is right', async () => {
      const session = onTerminal(TWICE)
      expect(await session.waitForScreen('Go on editing? [Y/n]')).toContain('did you mean "net"?')
      session.type('\r')
      expect(await session.exited).toMatchObject({ code: 0 })
      expect([textNow(), copies()]).toEqual(['{"mode": "net"}\n', []])
    })

    it.each([
      ['n', 'n\r', 1],
      ['Ctrl-C', '\x03', 130],
      ['Ctrl-D', '\x04', 1],
    ])('%s keeps the text, and changes nothing', async (_key, typed, code) => {
      const session = onTerminal(TWICE)
      await session.waitForScreen('Go on editing? [Y/n]')
      session.type(typed)
      expect(await session.exited).toMatchObject({ code })
      expect(copies().map(name => readFileSync(join(home, name), 'utf8'))).toEqual(['{"mode": "nett"}\n'])
      expect(readdirSync(home).includes('settings.json')).toBe(false)
    })
  })
})
