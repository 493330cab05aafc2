import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { MockBroker } from '@scalpdesk/mock-broker'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PROGRAM } from '../testing/running-desk.ts'
import { brokerWithUser, filesUnder, loginJson, type SignInHome, signInHome, USER } from '../testing/signing-in.ts'

/** A real keychain: GNOME Keyring on a D-Bus session of its own, with a home of its own. */

let broker: MockBroker
let at: SignInHome
beforeAll(async () => {
  broker = await brokerWithUser()
  at = signInHome(broker.url)
})
afterAll(() => broker.close())

const NEEDED = ['dbus-run-session', 'gnome-keyring-daemon'] as const

function missing(): readonly string[] {
  const programs = NEEDED.filter(name => !isOnPath(name))
  return programs.length > 0 || loadsKeytar() ? programs : ['libsecret']
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, name)))
}

function loadsKeytar(): boolean {
  try {
    execFileSync(process.execPath, ['-e', "require('keytar')"], { cwd: join(PROGRAM, '../..'), stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A shell script on a session bus whose keychain is unlocked, or still locked. */
async function onSession(script: string, state: 'unlocked' | 'locked' = 'unlocked'): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'session-')), 'session.sh')
  const daemon = 'gnome-keyring-daemon --components=secrets --daemonize'
  const start = state === 'unlocked' ? `printf word | ${daemon} --unlock` : daemon
  writeFileSync(file, `${start} >/dev/null 2>&1\nscalpdesk() { "${process.execPath}" "${PROGRAM}" "$@"; }\n${script}\n`)
  const { SCALPDESK_KEYCHAIN: _off, ...env } = at.envWithPassphrase
  const libraries = process.env.LD_LIBRARY_PATH
  const session = spawn('dbus-run-session', ['--', '/bin/sh', file], {
    env: { PATH: process.env.PATH, ...env, ...(libraries && { LD_LIBRARY_PATH: libraries }) },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  session.stdin.end(loginJson())
  const [said] = await Promise.all([text(session.stdout), once(session, 'close')])
  return said
}

const told = async (annotate: (words: string) => Promise<unknown>): Promise<boolean> => {
  const without = missing()
  if (without.length > 0) await annotate(`${without.join(', ')} is absent: no real keychain was tried`)
  return without.length > 0
}

it('a login is stored in it, read from it and removed from it, where there is one', async ({ annotate }) => {
  if (await told(annotate)) return
  const said = await onSession(`
    scalpdesk login --env demo --stdin; echo "= $?"
    scalpdesk status --env demo --json; echo "= $?"
    scalpdesk logout --env demo; echo "= $?"
    scalpdesk status --env demo --json; echo "= $?"`)
  expect(said).toMatch(/kept in the system keychain; [^\n]*\n= 0\n/)
  expect(said).toMatch(
    /"from":"keychain","account":\{"id":"FIRST1"[^\n]*"stored":\[\{"environment":"demo"[^\n]*\n= 0\n/,
  )
  expect(said).toMatch(/Removed the login for demo \(at 127\.0\.0\.1\) from the keychain\.\n= 0\n/)
  expect(said).toMatch(/"stored":\[\],"keychain":\{"state":"available"\}[^\n]*\n= 3\n$/)
  expect(existsSync(at.vault)).toBe(false)
  for (const [name, content] of filesUnder(at.home))
    expect([name, content.includes(USER.password)]).toEqual([name, false])
})

it('a login moves from the vault into it', async ({ annotate }) => {
  if (await told(annotate)) return
  const said = await onSession(`
    login='${loginJson()}'
    echo "$login" | scalpdesk login --env demo --stdin --store vault --json; echo "= $?"
    echo "$login" | scalpdesk login --env demo --stdin --json 2>&1; echo "= $?"
    scalpdesk logout --json`)
  expect(said).toMatch(/"store":"vault"\}\n= 0\n[\s\S]*older login in the vault was removed\n/)
  expect(said).toMatch(/"store":"keychain"\}\n= 0\n\{"removed":\[\{[^\]]*"store":"keychain"\}\]\}\n$/)
})

it('when it is locked says so, and the vault is there to be chosen', async ({ annotate }) => {
  if (await told(annotate)) return
  const said = await onSession(
    `
    login='${loginJson()}'
    echo "$login" | scalpdesk login --env demo --stdin 2>&1; echo "= $?"
    echo "$login" | scalpdesk login --env demo --stdin --store vault --json 2>/dev/null; echo "= $?"
    scalpdesk status --env demo --json; echo "= $?"`,
    'locked',
  )
  expect(said).toMatch(/expected the system keychain to answer, but .*--store vault.*\n= 1\n/)
  expect(said).toMatch(/"store":"vault"\}\n= 0\n.*"from":"vault".*\n= 0\n$/)
})
