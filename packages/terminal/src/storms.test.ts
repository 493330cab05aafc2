import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { seededRandom, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { expectRestored } from './testing/after-screen.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { deskOnBroker } from './testing/desk-on-broker.ts'
import { openDesk, PROGRAM, type RunningDesk } from './testing/running-desk.ts'

/** Sizes and signals that come faster than anybody makes them, and a painting thread that dies; keys and orders are counted. */

const open = closedAfterEach()

describe('hundreds of sizes within seconds', () => {
  it('lose no key that is pressed meanwhile, and leave a whole screen', async () => {
    const { desk, broker, dealt, seen } = await deskOnBroker({ open }, { args: ['--size', '8'] })
    const random = seededRandom(3)
    const below = (limit: number) => Math.floor(random.next() * limit)
    // A key every forty sizes: bought, halved, a quarter of the rest closed, closed, sold, everything closed.
    const keys = ['b', 'h', 'g', 'c', 's', ' ']
    const done = [1, 2, 3, 4, 5, 6]
    for (const [at, key] of keys.entries()) {
      for (let size = 0; size < 40; size++) {
        // Also smaller than the screen can be.
        desk.resize(10 + below(240), 3 + below(70))
        if (size === 20) desk.type(key)
        await pause(5)
      }
      await waitFor(`what ${key} asks for at the broker`, () => dealt().length >= (done[at] ?? 0))
      desk.resize(120, 40)
      await seen(key === 'b' || key === 's' ? /FILLED/ : key === ' ' ? 'FLAT: the broker' : /CLOSED/)
    }
    expect(dealt()).toEqual([
      'POST /positions/otc',
      'DELETE /positions/otc',
      'DELETE /positions/otc',
      'DELETE /positions/otc',
      'POST /positions/otc',
      'DELETE /positions/otc',
    ])
    expect(broker.positions()).toHaveLength(0)
    // The last size may be heard of after what was asked for has come.
    await desk.waitForScreen(/close everything/)
    const screen = desk.screen()
    for (const word of ['MOCK', 'ARMED', 'FLAT', 'close everything']) expect(screen).toContain(word)
    // Each stands where it belongs once: nothing of another size is left.
    expect(screen.match(/POSITIONS/g)).toHaveLength(1)
    expect(screen.match(/─ LADDER/g)).toHaveLength(1)
  })
})

describe('killed', () => {
  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    '%s again and again while it opens and closes: one order, the terminal as it was',
    async signal => {
      const { desk, dealt } = await deskOnBroker({ open })
      desk.type('b')
      await waitFor('the order at the broker', () => dealt().length === 1)
      for (let time = 0; time < 20; time++) desk.kill(signal)
      expect((await desk.exited).signal ?? 0).toBe(0)
      await expectRestored(desk)
      expect(dealt()).toEqual(['POST /positions/otc'])
    },
  )

  it('by SIGKILL with an order under way: the next start knows the position, sends nothing, and closes it', async () => {
    const first = await deskOnBroker({ open })
    first.desk.type('b')
    await waitFor('the order at the broker', () => first.dealt().length === 1)
    first.desk.kill('SIGKILL')
    await first.desk.exited
    const again = openDesk({ home: first.desk.home, env: { SCALPDESK_URL: first.broker.url } })
    open.push(again)
    await again.waitForScreen(/OPEN[\s\S]*▲ BUY +1 /)
    expect(first.dealt()).toEqual(['POST /positions/otc'])
    first.broker.injectTick('CS.D.EURUSD.CFD.IP', '1.10000', '1.10006')
    again.type(' ')
    await again.waitForScreen('FLAT: the broker')
    expect(first.dealt()).toEqual(['POST /positions/otc', 'DELETE /positions/otc'])
  })
})

describe('a painting thread that dies', () => {
  /** The program with a painter that ends once, when it has painted for a while. */
  function mortalProgram(): string {
    const folder = mkdtempSync(join(tmpdir(), 'scalpdesk-dist-'))
    cpSync(dirname(PROGRAM), folder, { recursive: true })
    const painter = join(folder, 'painter.js')
    const died = JSON.stringify(join(folder, 'died'))
    const death = `
import { existsSync as isThere, writeFileSync as note } from 'node:fs'
setInterval(() => {
  if (!isThere(${died} + '.wanted') || isThere(${died})) return
  note(${died}, '')
  throw new Error('out of paint')
}, 5)
`
    writeFileSync(painter, readFileSync(painter, 'utf8') + death)
    return join(folder, 'scalpdesk.js')
  }

  it('is followed by another one that draws all anew, while a key pressed meanwhile closes', async () => {
    const broker = await startMockBroker({ seed: 7 })
    open.push(broker)
    const program = mortalProgram()
    const desk: RunningDesk = openDesk({ program, env: { SCALPDESK_URL: broker.url } })
    open.push(desk)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.type('b')
    await desk.waitForScreen('FILLED: BOUGHT')
    writeFileSync(join(dirname(program), 'died.wanted'), '')
    await desk.waitForScreen('out of paint')
    expect(desk.screen()).toMatch(/MOCK[\s\S]*ARMED[\s\S]*▲ BUY +1 /)
    desk.type(' ')
    await desk.waitForScreen('FLAT: the broker')
    expect(broker.orders().map(({ method }) => method)).toEqual(['POST', 'DELETE'])
    desk.type('q')
    await desk.exited
    await expectRestored(desk)
  })

  it('holds no key up: the order is at the broker before anything is drawn again', async () => {
    const broker = await startMockBroker({ seed: 7 })
    open.push(broker)
    const program = mortalProgram()
    const desk = openDesk({ program, env: { SCALPDESK_URL: broker.url } })
    open.push(desk)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.type('b')
    await desk.waitForScreen('FILLED: BOUGHT')
    desk.pause()
    writeFileSync(join(dirname(program), 'died.wanted'), '')
    desk.type(' ')
    await waitFor('nothing open at the broker', () => broker.positions().length === 0)
    desk.resume()
    await desk.waitForScreen('FLAT: the broker')
    expect(broker.orders().map(({ method }) => method)).toEqual(['POST', 'DELETE'])
  })
})
