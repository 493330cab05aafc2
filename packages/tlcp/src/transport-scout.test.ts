import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { scriptedDial } from './testing/scripted-socket.ts'
import { TransportScout } from './transport-scout.ts'

function scout() {
  const clock = manualClock()
  const { dial, sockets } = scriptedDial()
  const found: number[] = []
  const scout = new TransportScout({ clock, dial, found: () => found.push(clock.monotonicMs()) })
  const start = () => scout.start('wss://server/lightstreamer', 'TLCP-2.4.0.lightstreamer.com')
  start()
  return { clock, found, scout, sockets, start }
}

it('looks after 10 s, then ever less often, down to every 10 minutes', () => {
  const { clock, sockets } = scout()
  const looks: number[] = []
  for (let atMs = 0; atMs < 3_600_000; atMs += 500) {
    const before = sockets.length
    clock.advance(500)
    if (sockets.length > before) looks.push(Math.round(clock.monotonicMs() / 1_000))
    sockets.at(-1)?.drop()
  }
  expect(looks.slice(0, 4)).toEqual([10, 30, 70, 150])
  expect(looks.length).toBeLessThan(13)
})

it('has found it when the question is answered, wherever the answer is cut', () => {
  const { clock, found, sockets } = scout()
  clock.advance(10_000)
  sockets[0]?.open()
  expect(sockets[0]?.sent).toEqual(['wsok'])
  sockets[0]?.chunk('WS')
  sockets[0]?.chunk('OK\r')
  expect(found).toEqual([])
  sockets[0]?.chunk('\nmore')
  expect(found).toEqual([10_000])
  expect(sockets[0]?.left).toBe('destroyed')
  // What it still says is not heard.
  sockets[0]?.say('WSOK')
  sockets[0]?.drop()
  expect(found).toEqual([10_000])
})

it('has not found it when it opens and stays silent, or says something else', () => {
  const { clock, found, sockets } = scout()
  clock.advance(10_000)
  sockets[0]?.open()
  clock.advance(4_000)
  expect(sockets[0]?.left).toBe('destroyed')
  clock.advance(20_000)
  sockets[1]?.open()
  sockets[1]?.say('<html>')
  expect(sockets[1]?.left).toBe('destroyed')
  expect(found).toEqual([])
})

it('looks at once when there is a reason to, also one from before its start', () => {
  const { scout: one, sockets, start, clock } = scout()
  one.hurry()
  expect(sockets).toHaveLength(1)
  one.stop()
  expect(sockets[0]?.left).toBe('destroyed')
  expect(clock.pending).toBe(0)
  one.hurry()
  expect(sockets).toHaveLength(1)
  start()
  expect(sockets).toHaveLength(2)
})
