import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
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
import { manualClock } from '@scalpdesk/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  CANARY_KEY,
  CANARY_PASSWORD,
  DEMO,
  demoCredential,
  LIVE,
  liveCredential,
} from '../testing/sample-credentials.ts'
import { LEAST_COST, openVault, vaultHome } from '../testing/vault-rig.ts'
import { systemVaultDisk, type VaultDisk } from './vault-disk.ts'
import { vaultStore } from './vault-store.ts'
import { vaultTurns } from './vault-turn.ts'

/** The vault on a real disk, with the least cost that a vault may have. */

let home: string
let path: string
beforeEach(() => {
  ;({ home, path } = vaultHome())
})

const vault = (words?: string, disk?: VaultDisk) => openVault({ home, path }, words, disk)
const text = () => readFileSync(path, 'latin1')

describe('the vault', () => {
  it('keeps demo and live apart, and gives each back as it was', async () => {
    await vault().write(DEMO, demoCredential())
    await vault().write(LIVE, liveCredential())
    expect(await vault().places()).toEqual([DEMO, LIVE])
    const demo = await vault().read(DEMO)
    expect([demo?.apiKey.reveal(), demo?.username, demo?.password.reveal()]).toEqual([
      CANARY_KEY,
      'trader_1',
      CANARY_PASSWORD,
    ])
    expect((await vault().read(LIVE))?.account).toBe('ABC12')
  })

  it('has none for another place', async () => {
    expect(await vault().read(DEMO)).toBeNull()
    await vault().write(DEMO, demoCredential())
    expect(await vault().read({ environment: 'demo', host: '127.0.0.1' })).toBeNull()
    expect(await vault().read(LIVE)).toBeNull()
  })

  it('replaces an older login for the same place', async () => {
    await vault().write(DEMO, demoCredential())
    await vault().write(DEMO, demoCredential('XYZ99'))
    expect(await vault().places()).toEqual([DEMO])
    expect((await vault().read(DEMO))?.account).toBe('XYZ99')
  })

  it('shows nothing of what it holds, in whatever encoding', async () => {
    await vault().write(DEMO, demoCredential())
    for (const secret of [CANARY_KEY, CANARY_PASSWORD, 'trader_1', 'correct horse'])
      for (const encoding of ['latin1', 'hex', 'base64'] as const)
        expect(text()).not.toContain(Buffer.from(secret).toString(encoding).replaceAll('=', ''))
  })

  it('seals the same login differently each time', async () => {
    await vault().write(DEMO, demoCredential())
    const before = text().split('\n')
    await vault().write(DEMO, demoCredential())
    const after = text().split('\n')
    expect(after[0]).toBe(before[0])
    expect(after[1]).not.toBe(before[1])
  })

  it('is for its owner alone, whatever the mask', async () => {
    const mask = process.umask(0)
    try {
      await vault().write(DEMO, demoCredential())
    } finally {
      process.umask(mask)
    }
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(home).mode & 0o777).toBe(0o700)
  })

  it('becomes so again when somebody opened it to others', async () => {
    await vault().write(DEMO, demoCredential())
    chmodSync(path, 0o644)
    await vault().write(LIVE, liveCredential())
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('stays where a symbolic link points to', async () => {
    mkdirSync(home)
    const elsewhere = join(mkdtempSync(join(tmpdir(), 'elsewhere-')), 'kept.vault')
    await vault().write(DEMO, demoCredential())
    writeFileSync(elsewhere, readFileSync(path))
    await vault().remove(DEMO)
    symlinkSync(elsewhere, path)
    await vault().write(LIVE, liveCredential())
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(readFileSync(elsewhere, 'latin1')).toContain('"entry":"live"')
  })

  it('asks for a new passphrase once, then for that one', async () => {
    const first = vault()
    await first.write(DEMO, demoCredential())
    await first.write(LIVE, liveCredential())
    expect(first.asked).toEqual(['fresh'])
    const second = vault()
    await second.unlock()
    await second.read(DEMO)
    expect(second.asked).toEqual(['existing 1'])
  })

  it('overwrites the passphrase once the keys are made', async () => {
    const given = Buffer.from('correct horse')
    const passphrase = { existing: async () => given, fresh: async () => given }
    const ports = { disk: systemVaultDisk, passphrase, randomBytes, cost: LEAST_COST }
    await vaultStore(path, { ...ports, exclusively: work => work() }).write(DEMO, demoCredential())
    expect(given.every(byte => byte === 0)).toBe(true)
  })
})

describe('removing', () => {
  it('takes one login away without a passphrase, and leaves the others', async () => {
    await vault().write(DEMO, demoCredential())
    await vault().write(LIVE, liveCredential())
    const forgetful = vault()
    expect(await forgetful.remove(DEMO)).toBe(true)
    expect(forgetful.asked).toEqual([])
    expect(await vault().read(DEMO)).toBeNull()
    expect((await vault().read(LIVE))?.username).toBe('trader_1')
  })

  it('of the last one takes the file away', async () => {
    await vault().write(DEMO, demoCredential())
    await vault().remove(DEMO)
    expect(existsSync(path)).toBe(false)
  })

  it('of what is not there makes nothing', async () => {
    expect(await vault().remove(DEMO)).toBe(false)
    expect(existsSync(home)).toBe(false)
  })
})

describe('a disk that fails', () => {
  const failing = (code: string): VaultDisk => ({
    ...systemVaultDisk,
    replace() {
      throw Object.assign(new Error(code), { code })
    },
  })

  it.each([
    ['ENOSPC', 'disk-full', /no room left/],
    ['EFBIG', 'disk-full', /no room left/],
    ['EROFS', 'read-only', /not permitted/],
    ['EACCES', 'read-only', /not permitted/],
    ['EIO', 'unreadable', /EIO/],
  ])('with %s leaves the older vault as it was', async (systemCode, code, words) => {
    await vault().write(DEMO, demoCredential())
    const before = text()
    const failed = vault('correct horse', failing(systemCode)).write(DEMO, demoCredential('XYZ99'))
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(words) })
    expect(text()).toBe(before)
  })

  it('leaves nothing half-written beside it', async () => {
    await vault().write(DEMO, demoCredential())
    mkdirSync(join(home, 'folder.vault', 'full'), { recursive: true })
    expect(() => systemVaultDisk.replace(join(home, 'folder.vault'), 'text')).toThrow()
    expect(readdirSync(home).filter(name => name.endsWith('.new'))).toEqual([])
  })
})

describe('several at once', () => {
  it('lose nothing', async () => {
    await vault().write(DEMO, demoCredential())
    const hosts = ['a.example', 'b.example', 'c.example', 'd.example']
    await Promise.all(hosts.map(host => vault().write({ environment: 'demo', host }, demoCredential())))
    expect((await vault().places()).map(({ host }) => host).toSorted()).toEqual([...hosts, null].toSorted())
  })

  it('that wait too long say so', async () => {
    const clock = manualClock()
    const exclusively = vaultTurns(home, clock)
    const { promise: held, resolve: free } = Promise.withResolvers<void>()
    const first = exclusively(() => held)
    const second = exclusively(async () => {})
    const refused = expect(second).rejects.toMatchObject({ code: 'busy', message: expect.stringMatching(/10 s/) })
    while (clock.monotonicMs() < 11_000) {
      clock.advance(100)
      await Promise.resolve()
    }
    await refused
    free()
    await first
    await exclusively(async () => {})
  })
})
