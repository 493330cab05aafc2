import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto'
import { ProtocolError } from '../errors.ts'
import { JsonNode } from '../json/json-node.ts'

export interface EncryptionKey {
  readonly key: KeyObject
  /** As IG gave it: part of what is encrypted. */
  readonly timeStamp: string
}

/** GET /session/encryptionKey version 1. @throws {DecodeError | ProtocolError} */
export function decodeEncryptionKey(json: unknown): EncryptionKey {
  const top = new JsonNode(json, '')
  const der = Buffer.from(top.get('encryptionKey').text(), 'base64')
  // A whole number, which some answers give as text.
  const timeStamp = top.get('timeStamp').decimal().toFixed()
  try {
    return { key: createPublicKey({ key: der, format: 'der', type: 'spki' }), timeStamp }
  } catch (cause) {
    const text = 'expected an RSA key for the password, but IG sent something else; try again'
    throw new ProtocolError('encryption-key', text, { cause })
  }
}

/**
 * The password as IG wants it when it is encrypted: RSA over the base64 of `password|timeStamp`, in base64 again. Padding is
 * PKCS #1 version 1.5, which is what IG decrypts. Source: IG Labs, IG's Java sample client, "encryptPassword".
 */
export function encryptPassword(password: string, { key, timeStamp }: EncryptionKey): string {
  const inner = Buffer.from(Buffer.from(`${password}|${timeStamp}`, 'utf8').toString('base64'), 'ascii')
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, inner).toString('base64')
}
