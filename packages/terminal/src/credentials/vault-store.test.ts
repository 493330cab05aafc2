import { createHash, randomBytes } from 'node:crypto'
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
import { systemClock } from '@scalpdesk/sdk'
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
import { systemVaultDisk, type VaultDisk } from './vault-disk.ts'
import { type VaultStore, vaultStore } from './vault-store.ts'
import { vaultTurns } from './vault-turn.ts'

/** The vault on a real disk, with the least cost that a vault may have. */

let home: string
let path: string
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'vault-')), 'home')
  path = join(home, 'credentials.vault')
})

function vault(words = 'correct horse', disk: VaultDisk = systemVaultDisk): VaultStore & { readonly asked: string[] } {
  const asked: string[] = []
  const passphrase = {
    async existing(attempt: number) {
      asked.push(`existing ${attempt}`)
      if (attempt > 1) throw Object.assign(new Error('wrong'), { code: 'wrong-passphrase' })
      return Buffer.from(words)
    },
    async fresh() {
      asked.push('fresh')
      return Buffer.from(words)
    },
  }
  const cost = { N: 2 ** 14, r: 8, p: 1 }
  const exclusively = vaultTurns(home, systemClock)
  return Object.assign(vaultStore(path, { disk, passphrase, randomBytes, exclusively, cost }), { asked })
}

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
    const ports = { disk: systemVaultDisk, passphrase, randomBytes, cost: { N: 2 ** 14, r: 8, p: 1 } }
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

describe('what is wrong is told apart:', () => {
  beforeEach(async () => {
    await vault().write(DEMO, demoCredential())
    await vault().write(LIVE, liveCredential())
  })

  const lines = () => text().split('\n')
  /** Whole by its own sum: the change of somebody who knows the format. */
  function rewrite(change: (lines: string[]) => string[]): void {
    const covered = `${change(lines().slice(0, -2)).join('\n')}\n`
    const count = covered.split('\n').length - 2
    const sum = createHash('sha256').update(covered).digest('hex')
    writeFileSync(path, `${covered}{"end":${count},"sha256":"${sum}"}\n`)
  }

  it('a wrong passphrase', async () => {
    await expect(vault('wrong horse').read(DEMO)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  it('a truncated file', async () => {
    writeFileSync(path, text().slice(0, -20))
    await expect(vault().read(DEMO)).rejects.toMatchObject({
      code: 'truncated',
      message: expect.stringMatching(/end is missing/),
    })
  })

  it('an empty file', async () => {
    writeFileSync(path, '')
    await expect(vault().read(DEMO)).rejects.toMatchObject({ code: 'truncated' })
  })

  it('a careless change', async () => {
    writeFileSync(path, text().replace('"entry":"demo"', '"entry":"demx"'))
    await expect(vault().read(DEMO)).rejects.toMatchObject({ code: 'tampered' })
  })

  it.each<[string, (all: string[]) => string[]]>([
    [
      'an entry under another name',
      ([header = '', demo = '', live = '']) => [
        header,
        demo.replace('"demo"', '"live"'),
        live.replace('"live"', '"demo"'),
      ],
    ],
    [
      'a changed seal',
      ([header = '', demo = '', live = '']) => [
        header,
        demo.replace(/"sealed":"(.)/, (_all, first) => `"sealed":"${first === 'A' ? 'B' : 'A'}`),
        live,
      ],
    ],
    [
      'a changed nonce',
      ([header = '', demo = '', live = '']) => [
        header,
        demo.replace(/"nonce":"[^"]*"/, '"nonce":"AAAAAAAAAAAAAAAA"'),
        live,
      ],
    ],
  ])('a careful change, by the seal: %s', async (_what, change) => {
    rewrite(change)
    await expect(vault().read(DEMO)).rejects.toMatchObject({ code: 'tampered' })
  })

  it.each<[string, (header: string) => string]>([
    ['salt', header => header.replace(/"salt":"./, '"salt":"_').replace('_', header.includes('"salt":"A') ? 'B' : 'A')],
    ['parameters', header => header.replace('"p":1', '"p":2')],
    ['check', header => header.replace(/"check":"[^"]*"/, `"check":"${'A'.repeat(43)}="`)],
  ])('a careful change of the header opens nothing: its %s', async (_what, change) => {
    rewrite(([header = '', ...rest]) => [change(header), ...rest])
    await expect(vault().read(DEMO)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  it('something else in its place, which is left alone', async () => {
    writeFileSync(path, 'Dear diary\n')
    await expect(vault().write(DEMO, demoCredential())).rejects.toMatchObject({ code: 'not-a-vault' })
    await expect(vault().remove(DEMO)).rejects.toMatchObject({ code: 'not-a-vault' })
    expect(text()).toBe('Dear diary\n')
  })

  it('a newer one, which is left alone', async () => {
    const newer = text().replace('"version":1', '"version":2')
    writeFileSync(path, newer)
    await expect(vault().write(DEMO, demoCredential())).rejects.toMatchObject({ code: 'newer-vault' })
    expect(text()).toBe(newer)
  })

  it('a damaged one is not written over', async () => {
    const damaged = text().slice(0, -20)
    writeFileSync(path, damaged)
    await expect(vault().write(DEMO, demoCredential())).rejects.toMatchObject({ code: 'truncated' })
    expect(text()).toBe(damaged)
  })

  it('an enormous file and a folder', async () => {
    writeFileSync(path, Buffer.alloc(2_000_000))
    await expect(vault().read(DEMO)).rejects.toMatchObject({ code: 'not-a-vault' })
    path = home
    await expect(vault().read(DEMO)).rejects.toMatchObject({ code: 'not-a-vault' })
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
    expect(() => systemVaultDisk.replace(join(home, 'folder.vault'), 'y', 'text')).toThrow()
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
