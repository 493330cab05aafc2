import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { signInRig } from '../testing/sign-in-rig.ts'

/** `logout` as a process. */

const rig = signInRig()

describe('logout', () => {
  it('removes the login of one environment, without a passphrase, and says from where', async () => {
    await rig.keepLogin('live')
    await rig.login()
    expect(await rig.run('logout --env live', rig.at.env)).toMatchObject({
      status: 0,
      stdout: 'Removed the login for live (at 127.0.0.1) from the vault.\n',
      stderr: expect.stringMatching(/keychain was not looked into: SCALPDESK_KEYCHAIN says off/),
    })
    expect((await rig.run('status --env live')).status).toBe(3)
    expect((await rig.run('status --env demo')).status).toBe(0)
  })

  it('removes all of them without a word, and the vault with them', async () => {
    await rig.keepLogin()
    const { stdout } = await rig.run('logout --json', rig.at.env)
    expect(JSON.parse(stdout)).toEqual({ removed: [{ environment: 'demo', server: '127.0.0.1', store: 'vault' }] })
    expect(existsSync(rig.at.vault)).toBe(false)
  })

  it('says so when there was none, and which variables are still set', async () => {
    const { status, stdout, stderr } = await rig.run('logout', { ...rig.at.env, SCALPDESK_PASSWORD: 'canary' })
    expect([status, stdout]).toEqual([0, 'No login was stored for mock, demo, live.\n'])
    expect(stderr).toMatch(/SCALPDESK_PASSWORD are still set/)
  })

  it('says so when the vault is damaged, and leaves it', async () => {
    await rig.keepLogin()
    writeFileSync(rig.at.vault, 'Dear diary')
    expect(await rig.run('logout', rig.at.env)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/something else/),
    })
    expect(readFileSync(rig.at.vault, 'utf8')).toBe('Dear diary')
  })
})
