import { describe, expect, it } from 'vitest'
import { isHttp, isPolling, nextTransport, type TransportChoice, transportsOf } from './transport.ts'

describe('what may be used', () => {
  it.each<readonly [TransportChoice, boolean, readonly string[]]>([
    ['auto', true, ['websocket-streaming', 'http-streaming', 'http-polling']],
    ['auto', false, ['websocket-streaming']],
    ['websocket', true, ['websocket-streaming']],
    ['http', true, ['http-streaming', 'http-polling']],
    ['websocket-streaming', true, ['websocket-streaming']],
    ['http-streaming', true, ['http-streaming']],
    ['websocket-polling', true, ['websocket-polling']],
    ['http-polling', true, ['http-polling']],
  ])('%s (with HTTP: %s)', (choice, hasHttp, expected) => {
    expect(transportsOf(choice, hasHttp)).toEqual(expected)
  })
})

describe('what comes after one that could not be had', () => {
  const all = transportsOf('auto', true)
  it.each([
    ['websocket-streaming', 'lost', 'http-streaming'],
    ['websocket-streaming', 'stuck', 'http-streaming'],
    ['http-streaming', 'lost', 'websocket-streaming'],
    ['http-streaming', 'stuck', 'http-polling'],
    ['http-polling', 'lost', 'websocket-streaming'],
    ['http-polling', 'stuck', 'websocket-streaming'],
  ] as const)('%s, %s: %s', (present, how, expected) => {
    expect(nextTransport(present, how, all)).toBe(expected)
  })

  it('stays with HTTP where nothing else may be used', () => {
    const http = transportsOf('http', true)
    expect(nextTransport('http-streaming', 'lost', http)).toBe('http-streaming')
    expect(nextTransport('http-streaming', 'stuck', http)).toBe('http-polling')
    expect(nextTransport('http-polling', 'stuck', http)).toBe('http-streaming')
    expect(nextTransport('http-polling', 'lost', transportsOf('http-polling', true))).toBe('http-polling')
  })
})

it('tells them apart', () => {
  expect(transportsOf('auto', true).map(each => [isHttp(each), isPolling(each)])).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ])
})
