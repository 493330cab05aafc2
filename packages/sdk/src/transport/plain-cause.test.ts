import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { plainCause } from './plain-cause.ts'

const RAW = 'CST: canary-cst'
const coded = (message: string, code: string, more: object = {}): Error =>
  Object.assign(new Error(message), { code, ...more })

it('keeps the message and the code, and nothing else', () => {
  const plain = plainCause(coded('read ECONNRESET', 'ECONNRESET', { data: RAW, errno: -104, syscall: 'read' }))
  expect(Object.getOwnPropertyNames(plain).sort()).toEqual(['code', 'message', 'stack'])
  expect(plain).toMatchObject({ message: 'read ECONNRESET', code: 'ECONNRESET' })
})

it('makes causes and parts plain too, however deep', () => {
  const inner = coded('inner', 'HPE_INVALID', { data: RAW })
  const all = new AggregateError([coded('one', 'ECONNREFUSED', { data: RAW }), inner], 'all', { cause: inner })
  const plain = plainCause(Object.assign(new Error('outer', { cause: all }), { socket: { headers: RAW } }))
  expect(inspect(plain, { depth: 9, showHidden: true })).not.toContain('canary')
  expect(plain.cause).toMatchObject({ message: 'all', cause: { message: 'inner', code: 'HPE_INVALID' } })
  expect(plain.cause).toBeInstanceOf(AggregateError)
  expect((plain.cause as AggregateError).errors).toMatchObject([{ code: 'ECONNREFUSED' }, { code: 'HPE_INVALID' }])
})

it('leaves out what is no error, a code that is no name, and a chain that leads back to itself', () => {
  const circle: Error = new Error('circle')
  circle.cause = circle
  expect(inspect(plainCause(circle), { depth: 20 })).toContain('circle')
  const odd = coded('odd', `${RAW}\r\n`)
  odd.cause = { data: RAW }
  expect(Object.getOwnPropertyNames(plainCause(odd)).sort()).toEqual(['message', 'stack'])
  expect(plainCause(RAW).message).not.toContain('canary')
  expect(plainCause(Object.create(null)).message).toBe('it failed without an error')
})
