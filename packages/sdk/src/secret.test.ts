import { format, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from './secret.ts'

const secret = new Secret('canary-key')

it.each([
  ['String()', String(secret)],
  ['a template', `${secret}`],
  ['JSON', JSON.stringify({ secret })],
  ['a print', inspect({ deep: { secret } }, { showHidden: true, depth: 9 })],
  ['a formatted line', format('%o %s %j', secret, secret, secret)],
  ['its keys and values', JSON.stringify([Reflect.ownKeys(secret), Object.entries(secret)])],
  ['a copy', JSON.stringify({ ...secret })],
])('is not in %s', (_what, text) => {
  expect(text).not.toContain('canary')
})

it('is revealed to the one who asks', () => {
  expect(secret.reveal()).toBe('canary-key')
})
