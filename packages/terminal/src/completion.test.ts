import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTerminal, waitFor } from '@scalpdesk/testkit'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startCommand } from './testing/running-command.ts'

/** Shells that this machine has; bash is everywhere that tests run. */
const has = (shell: string): boolean => {
  try {
    execFileSync(shell, ['-c', 'true'])
    return true
  } catch {
    return false
  }
}

async function script(shell: string): Promise<string> {
  const { status, stdout, stderr } = await startCommand(['completion', shell]).ended
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

function scriptFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'completion-')), 'script')
  writeFileSync(file, text)
  return file
}

describe('completion in a real bash', () => {
  let file: string
  beforeAll(async () => {
    file = scriptFile(await script('bash'))
  })

  it.each([
    ['pos', ['positions']],
    ['--no', ['--no-color']],
    ['--env ', ['mock', 'demo', 'live']],
    ['--env demo order', ['orders', 'order']],
    ['order ', ['place', 'amend', 'cancel']],
    ['--env demo order c', ['cancel']],
    ['order place --ty', ['--type']],
    ['order place --type ', ['limit', 'stop']],
    ['buy CS.D.EURUSD.CFD.IP --tr', ['--trailing']],
    ['buy --size 1 --st', ['--stop']],
    ['mock --allow', ['--allowances']],
  ])('scalpdesk %s', (line, expected) => {
    const words = ['scalpdesk', ...line.split(' ')]
    const code = `source ${file}; COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _scalpdesk; printf '%s\\n' "\${COMPREPLY[@]}"`
    const offered = execFileSync('bash', ['-c', code], { encoding: 'utf8' }).trim().split('\n')
    expect(new Set(offered)).toEqual(new Set(expected))
  })
})

/** What people press Tab for, and what is offered then. */
const OFFERED: readonly (readonly [line: string, expected: readonly string[]])[] = [
  ['posi', ['positions']],
  ['--env ', ['mock', 'demo', 'live']],
  ['--env demo posi', ['positions']],
  ['order ', ['place', 'amend', 'cancel']],
  ['order place --ty', ['--type']],
  ['order place --type ', ['limit', 'stop']],
  ['buy --size 1 --sto', ['--stop']],
]

describe('where it is installed,', () => {
  it('a real fish offers what the program takes', async () => {
    if (!has('fish')) return
    const file = scriptFile(await script('fish'))
    for (const [line, expected] of OFFERED) {
      const said = execFileSync('fish', ['-N', '-c', `source ${file}; complete -C 'scalpdesk ${line}'`], {
        encoding: 'utf8',
      })
      const offered = said
        .trim()
        .split('\n')
        .map(each => each.split('\t')[0])
      expect([line, new Set(offered)]).toEqual([line, new Set(expected)])
    }
  })

  it('a real zsh offers it on Tab', async () => {
    if (!has('zsh')) return
    const file = scriptFile(await script('zsh'))
    const shell = openTerminal({
      command: 'zsh',
      args: ['-f', '-i'],
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), TERM: 'xterm' },
      columns: 100,
    })
    onTestFinished(async () => {
      shell.kill('SIGKILL')
      await shell.exited
    })
    shell.type(`PS1='> '; autoload -U compinit && compinit -D -u; source ${file}; echo rea''dy\r`)
    await shell.waitForScreen('ready')
    for (const [line, expected] of OFFERED) {
      shell.type(`scalpdesk ${line}\t`)
      for (const word of expected) await shell.waitForScreen(new RegExp(`(^|\\s)${word}\\b`, 'm'))
      expect(shell.screen()).not.toMatch(/not found/)
      shell.type('\x15clear\r')
      await waitFor('an empty screen', () => !shell.screen().includes('scalpdesk') || undefined)
    }
  })
})

it.each(['zsh', 'fish'])('the script for %s has no word that the shell would read as its own', async shell => {
  const text = await script(shell)
  expect(text).toContain('positions')
  // `path` and `words` are zsh's own: to make them local takes the search path away.
  if (shell === 'zsh') expect(text).not.toMatch(/\b(local|typeset)\b.*\b(path|words|fpath|status)\b/)
  // Every line is one command of fish, and each quote that is opened is closed.
  else
    for (const line of text.trimEnd().split('\n'))
      expect(line.replaceAll("'\\''", '')).toMatch(/^complete -c scalpdesk(?: (?:-[a-zA-Z]|[\w-]+|'[^']*'))*$/)
})

it('refuses another shell', async () => {
  const { status, stdout, stderr } = await startCommand(['completion', 'tcsh']).ended
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/expected bash, zsh, fish after completion, but got tcsh/)
})
