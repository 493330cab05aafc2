import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeEncryptionKey, encryptPassword } from './encrypted-password.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encryptionKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')

/** As IG's side undoes it. */
function decrypt(text: string): string {
  const inner = privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text, 'base64'))
  return Buffer.from(inner.toString('ascii'), 'base64').toString('utf8')
}

it('IG reads the password and the time stamp back, whatever the password consists of', () => {
  const key = decodeEncryptionKey({ encryptionKey, timeStamp: 1_403_252_118_374 })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), password => {
      expect(decrypt(encryptPassword(password, key))).toBe(`${password}|1403252118374`)
    }),
    { numRuns: 25 },
  )
})

it('takes a time stamp that came as text', () => {
  const key = decodeEncryptionKey({ encryptionKey, timeStamp: '1403252118374' })
  expect(decrypt(encryptPassword('p', key))).toBe('p|1403252118374')
})

it.each([
  ['no key', {}],
  ['something else', { encryptionKey: Buffer.from('hello').toString('base64'), timeStamp: 1 }],
  ['a time stamp that is none', { encryptionKey, timeStamp: 'now' }],
])('refuses %s', (_title, json) => {
  expect(() => decodeEncryptionKey(json)).toThrow(/expected/)
})
