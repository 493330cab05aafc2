import { expect, it } from 'vitest'
import { dealReferences } from './deal-references.ts'

it('never gives a name twice, and each is one that IG takes', () => {
  const next = dealReferences(Date.UTC(2026, 10, 21))
  const names = Array.from({ length: 10_000 }, next)
  expect(new Set(names).size).toBe(10_000)
  expect(names.every(name => /^[A-Za-z0-9_-]{1,30}$/.test(name))).toBe(true)
})

it('gives other names to two sessions that begin in the same millisecond', () => {
  const [one, two] = [Buffer.from('0102030405', 'hex'), Buffer.from('0102030505', 'hex')]
  expect(dealReferences(0, one)()).not.toBe(dealReferences(0, two)())
})
