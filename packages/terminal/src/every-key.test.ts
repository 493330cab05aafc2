import { describe, expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { DAX, deskOnBroker, EURUSD } from './testing/desk-on-broker.ts'
import { bytesOf } from './testing/typed-keys.ts'

/**
 * Keys of the table on the real program, in both encodings: those of the other profile, and those that send nothing. What the rest
 * does is in dealing-keys.test.ts and session-keys.test.ts.
 */

const open = closedAfterEach()

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const preset = {
  name: 'nine',
  sizes: Object.fromEntries(NINE.map(key => [key, key / 2])),
  stop: { points: 12 },
}

describe.each(['legacy', 'kitty'] as const)('in %s bytes', encoding => {
  const bytes = (chord: string): string => {
    const typed = bytesOf(chord, encoding)
    if (typed === null) throw new Error(`expected ${chord} to have ${encoding} bytes, but it has none`)
    return typed
  }

  it('each arrow of the profile arrows does what the letters do', async () => {
    const { desk, dealt, seen } = await deskOnBroker(
      { open },
      { kitty: encoding === 'kitty', settings: { version: 1, keys: { profile: 'arrows' } } },
    )
    desk.type(bytes('right'))
    await seen('FILLED: BOUGHT')
    desk.type(bytes('left'))
    await seen('FILLED: SOLD')
    desk.type(bytes('down'))
    await seen('FLAT: the broker')
    expect(dealt().toSorted()).toEqual([
      'DELETE /positions/otc',
      'DELETE /positions/otc',
      'POST /positions/otc',
      'POST /positions/otc',
    ])
  })

  it('each key that sends nothing says what it did, and sends nothing', async () => {
    const { desk, dealt, seen } = await deskOnBroker(
      { open },
      {
        kitty: encoding === 'kitty',
        settings: { version: 1, markets: [EURUSD, DAX].map(epic => ({ epic, presets: [preset] })) },
      },
    )
    for (const key of NINE.toReversed()) {
      desk.type(bytes(String(key)))
      await seen(`SIZE ${key}: ${key / 2}`)
    }
    for (const [chord, words] of [
      ['p', 'nine is the only preset'],
      ['tab', 'MARKET Germany 40'],
      ['shift+tab', 'MARKET EUR/USD'],
      ['m', 'TIME FRAME 5s'],
      ['w', 'LAYOUT price'],
      ['page-down', 'nothing to mark'],
      ['page-up', 'nothing to mark'],
      // A switch that is pressed twice is held, where the terminal does not tell; so another key comes between.
      ['a', 'DISARMED'],
      ['ctrl+l', '· drawn anew'],
      ['a', 'ARMED: entries are sent'],
      ['?', '─ KEYS'],
    ] as const) {
      desk.type(bytes(chord))
      await seen(words)
    }
    // A key that closes the list does nothing else.
    desk.type(bytes('b'))
    await seen(screen => !screen.includes('─ KEYS'))
    desk.type(bytes('L'))
    await seen('Lock the day?')
    desk.type(bytes('escape'))
    await seen('left as it was')
    desk.type(bytes('/'))
    await seen('type a name')
    desk.type(bytes('escape'))
    await seen(screen => !screen.includes('type a name'))
    expect(dealt()).toEqual([])
    desk.type(bytes('ctrl+c'))
    expect(await desk.exited).toMatchObject({ code: 0 })
  })
})
