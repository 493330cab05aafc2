import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
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

describe('completion in a real bash', () => {
  let file: string
  beforeAll(async () => {
    file = join(mkdtempSync(join(tmpdir(), 'completion-')), 'scalpdesk.bash')
    writeFileSync(file, await script('bash'))
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

it.each(['zsh', 'fish'])('%s reads its script, where it is installed', async shell => {
  const text = await script(shell)
  expect(text).toContain('positions')
  if (!has(shell)) return
  const file = join(mkdtempSync(join(tmpdir(), 'completion-')), 'script')
  writeFileSync(file, text)
  execFileSync(shell, ['-n', file])
})

it('refuses another shell', async () => {
  const { status, stdout, stderr } = await startCommand(['completion', 'tcsh']).ended
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/expected bash, zsh, fish after completion, but got tcsh/)
})
