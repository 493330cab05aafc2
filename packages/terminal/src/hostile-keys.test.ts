import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { openDesk, type RunningDesk } from './testing/running-desk.ts'
import { typeApart } from './testing/typed-keys.ts'

/** What reaches the broker of input that nobody meant as an order; the orders are counted there. */

const open = closedAfterEach()

async function deskOnBroker(kitty: boolean): Promise<{ desk: RunningDesk; broker: MockBroker }> {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const desk = openDesk({ kitty, env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  return { desk, broker }
}

const random = seededRandom(11)
/** Bytes of any kind but the letters that enter, and none that begins a paste that never ends. */
const noise = () =>
  Array.from({ length: 48 }, () => String.fromCharCode(Math.floor(random.next() * 128)))
    .filter(byte => !'bsvjkq\x03y'.includes(byte))
    .join('')

const HOSTILE: Readonly<Record<string, readonly string[]>> = {
  'mouse reports of four encodings': ['\x1b[Mbbb', '\x1b[M \u0105b', '\x1b[<0;98;98M\x1b[<0;98;98m', '\x1b[32;98;98M'],
  'replies of the terminal': ['\x1b]0;b s b\x07', '\x1bPb s b\x1b\\', '\x1b_b\x1b\\', '\x1b[12;98R', '\x1b[?62;98c'],
  'chords on entry keys': ['\x02', '\x1bb', '\x13', 'B', 'S', '\x1b[98;5u', '\x1b[98;3u', '\x1b[98;9u', '\x1b[98;2u'],
  'repeats and releases without a press': ['\x1b[98;1:2u', '\x1b[98;1:3u', '\x1b[57448;5:3u'],
  'bare Ctrl keys in chords, or held': [
    '\x1b[57448;5u\x1b[98;5u\x1b[57448;5:3u',
    '\x1b[57442u\x1b[57448;5u\x1b[57442;5:3u\x1b[57448;5:3u',
  ],
  'arrows, which another profile trades on': ['\x1b[C', '\x1b[D', '\x1bOC', '\x1b\x1b[D'],
  'a marked paste, whole and in pieces': ['\x1b[200~bbb\x1b[201~', '\x1b[200~b', 'b', 'b\x1b[20', '1~'],
  'a paste without its beginning': ['bb\x1b[201~'],
  'a burst of letters': ['bbbbbbbb', 'bsvjkbsvjk'],
  'a large paste': [`\x1b[200~${'b s '.repeat(20_000)}\x1b[201~`],
  'a key in one read with the focus': ['\x1b[Ib', '\x1b[Ob'],
  'bytes of any kind': [noise(), noise(), noise(), noise(), noise()],
  'sequences that never end': ['\x1b[98;5', '\x1b]0;bb', '\x1bP'],
}

it.each([false, true])(
  'makes no order of hostile input, and one of a key afterwards (kitty protocol: %s)',
  async kitty => {
    const { desk, broker } = await deskOnBroker(kitty)
    for (const inputs of Object.values(HOSTILE)) {
      await typeApart(desk, inputs)
      expect(broker.orders()).toEqual([])
    }
    // Longer than any sequence or paste is waited for.
    await typeApart(
      desk,
      Array.from({ length: 12 }, () => ''),
    )
    desk.type(kitty ? '\x1b[115u\x1b[115;1:3u' : 's')
    await desk.waitForScreen('FILLED: SOLD')
    expect(broker.orders().map(({ method }) => method)).toEqual(['POST'])
  },
)

it('closes with Space through hostile input around it', async () => {
  const { desk, broker } = await deskOnBroker(true)
  desk.type('\x1b[98u\x1b[98;1:3u')
  await desk.waitForScreen('FILLED: BOUGHT')
  await typeApart(desk, ['\x1b[Mbbb\x1b[<0;98;98M\x1b[32u\x1b]0;b\x07'])
  await desk.waitForScreen('FLAT: the broker')
  expect(broker.positions()).toHaveLength(0)
})

it.each([
  ['quit', (desk: RunningDesk) => desk.type('q')],
  ['SIGTERM', (desk: RunningDesk) => desk.kill('SIGTERM')],
  ['SIGHUP', (desk: RunningDesk) => desk.kill('SIGHUP')],
])('asks for the focus and stops asking on %s', async (_what, end) => {
  const { desk } = await deskOnBroker(false)
  expect(desk.raw()).toContain('\x1b[?1004h')
  end(desk)
  await desk.exited
  expect(desk.raw().lastIndexOf('\x1b[?1004l')).toBeGreaterThan(desk.raw().lastIndexOf('\x1b[?1004h'))
})
