import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { DEMO, demoCredential, LIVE, liveCredential } from '../testing/sample-credentials.ts'
import { openVault, vaultHome } from '../testing/vault-rig.ts'

/** What may be wrong with a vault on a real disk. */

let home: string
let path: string
beforeEach(() => {
  ;({ home, path } = vaultHome())
})

const vault = (words?: string) => openVault({ home, path }, words)
const text = () => readFileSync(path, 'latin1')

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
