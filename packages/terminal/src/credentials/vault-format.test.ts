import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readVaultText, type VaultText, vaultText } from './vault-format.ts'

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)
const header = { cost: { N: 2 ** 14, r: 8, p: 1 }, salt: bytes(32, 1), check: bytes(32, 2) }
const entry = (name: string) => ({ name, nonce: bytes(12, 3), sealed: bytes(40, 4) })
const vault: VaultText = { header, entries: [entry('demo'), entry('live@127.0.0.1')] }
const text = vaultText(vault)

describe('the text of a vault', () => {
  it('says what it is, its version and its parameters, then one entry a line, then its end', () => {
    expect(text.split('\n').map(line => line.slice(0, 44))).toEqual([
      '{"scalpdesk":"credentials","version":1,"kdf"',
      '{"entry":"demo","nonce":"AwMDAwMDAwMDAwMD","',
      '{"entry":"live@127.0.0.1","nonce":"AwMDAwMDA',
      expect.stringMatching(/^\{"end":2,"sha256":"[0-9a-f]{25}$/),
      '',
    ])
    expect(text).toContain('"N":16384,"r":8,"p":1')
  })

  it('is read as it was written', () => {
    const reading = readVaultText(text)
    expect(reading.kind === 'whole' && vaultText(reading.vault)).toBe(text)
  })

  it('cut off anywhere is truncated, and nothing else', () => {
    for (let length = 0; length < text.length; length++)
      expect([length, readVaultText(text.slice(0, length)).kind]).toEqual([length, 'truncated'])
  })

  it('with any character changed is never whole', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 126 }), (at, code) => {
        const changed = `${text.slice(0, at)}${String.fromCharCode(code)}${text.slice(at + 1)}`
        return changed === text || readVaultText(changed).kind !== 'whole'
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['a changed entry', text.replace('AwMD', 'AwMC'), 'tampered'],
    ['a line more', text.replace('{"end"', '{"entry":"x"}\n{"end"'), 'tampered'],
    ['something after its end', `${text}x`, 'tampered'],
    ['prose', 'Dear diary\n', 'not-a-vault'],
    ['bytes', '\x00\xff\x00', 'not-a-vault'],
    ['another JSON', '{"version":1}', 'not-a-vault'],
    ['a newer version', text.replace('"version":1', '"version":2'), 'newer-vault'],
  ])('%s is told apart', (_what, other, kind) => {
    expect(readVaultText(other).kind).toBe(kind)
  })

  it.each([
    ['a cost that would fill the memory', { ...header, cost: { N: 2 ** 40, r: 8, p: 1 } }],
    ['a cost that guards nothing', { ...header, cost: { N: 2, r: 8, p: 1 } }],
    ['a cost that is no power of two', { ...header, cost: { N: 20_000, r: 8, p: 1 } }],
    ['a salt too short', { ...header, salt: bytes(8, 1) }],
  ])('%s is refused, though its sum is right', (_what, other) => {
    expect(readVaultText(vaultText({ header: other, entries: [entry('demo')] })).kind).toBe('tampered')
  })

  it('an entry twice is refused, though its sum is right', () => {
    expect(readVaultText(vaultText({ header, entries: [entry('demo'), entry('demo')] })).kind).toBe('tampered')
  })
})
