import { startMockBroker } from '@scalpdesk/mock-broker'
import { describe, expect, it } from 'vitest'
import { afterScreen, expectRestored } from './testing/after-screen.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { DAX, EURUSD, seenBy } from './testing/desk-on-broker.ts'
import { type DeskOptions, openDesk, type RunningDesk } from './testing/running-desk.ts'

/** How the settings and the flags make a session, on the real program. */

const open = closedAfterEach()

function desk(options: DeskOptions): RunningDesk {
  const running = openDesk(options)
  open.push(running)
  return running
}

/** The lines on stderr with which the start ended, on a terminal that is as it was. */
async function refusal(options: DeskOptions): Promise<readonly string[]> {
  const running = desk(options)
  expect(await running.exited).toEqual({ code: 2, signal: null })
  await expectRestored(running)
  return afterScreen(running).trimEnd().split('\r\n')
}

const scalp = (stop: number, size: number | string = 1) => ({
  name: 'scalp',
  sizes: { 1: size },
  sizeKey: 1,
  stop: { points: stop, kind: 'normal' },
})

describe('settings that cannot be taken end the start with status 2, and every problem told in a line', () => {
  it('by the line of the file, of all that its form has against it', async () => {
    const lines = await refusal({ settings: { version: 1, mode: 'both', screen: { theme: 'pink', bel: {} } } })
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^scalpdesk: .*settings\.json:3:\d+: mode: expected /)
    expect(lines[1]).toMatch(/settings\.json:5:\d+: screen\.theme: expected /)
    expect(lines[2]).toMatch(/settings\.json:6:\d+: screen\.bel/)
  })

  it('of the keys', async () => {
    const lines = await refusal({ settings: { version: 1, keys: { own: [{ chord: 'b', action: 'bye' }] } } })
    expect(lines.join('\n')).toMatch(/keys.*bye/)
  })

  it('of presets that the dealing rules of their markets do not take, and markets that the broker does not know', async () => {
    const markets = [
      { epic: EURUSD, presets: [scalp(0.1), { ...scalp(15, 0.01), name: 'small' }] },
      { epic: 'CS.D.NOBODY.CFD.IP', presets: [scalp(10)] },
    ]
    const lines = await refusal({ settings: { version: 1, markets } })
    expect(lines.join('\n')).toMatch(/CS\.D\.NOBODY\.CFD\.IP/)
    expect(lines.join('\n')).toMatch(/presets\[?\.?0/)
    expect(lines.join('\n')).toMatch(/presets\[?\.?1/)
  })

  it('of live, which has to be named on the command line each time', async () => {
    const [line] = await refusal({ settings: { version: 1, environment: 'live' } })
    expect(line).toMatch(/settings\.json:3:\d+: environment: expected live to be asked for with --env live each time/)
  })
})

it('an environment on the command line counts, whatever the settings say', async () => {
  const running = desk({ settings: { version: 1, environment: 'live' }, args: ['--env', 'mock'] })
  await running.waitForScreen('FLAT')
})

it('trades the markets of the settings with their presets; flags win for the first one', async () => {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const markets = [
    { epic: DAX, presets: [scalp(40, 2)] },
    { epic: EURUSD, presets: [scalp(25, 0.5)] },
  ]
  const running = desk({
    settings: { version: 1, markets, mode: 'net' },
    args: ['--size', '4'],
    env: { SCALPDESK_URL: broker.url },
  })
  await running.waitForScreen(/Germany 40[\s\S]*FLAT/)
  await running.waitForScreen('NET')
  running.type('b')
  await running.waitForScreen('FILLED: BOUGHT 4 Germany 40')
  running.type('\t')
  await seenBy(running, 'MARKET EUR/USD')
  running.type('s')
  await running.waitForScreen('FILLED: SOLD 0.5 EUR/USD')
  const opens = broker.orders().map(({ body }) => body)
  expect(opens).toMatchObject([
    { size: 4, stopDistance: 40 },
    { size: 0.5, stopDistance: 25 },
  ])
})

it('--epic several times takes the place of the settings’ markets, with their presets where there are some', async () => {
  const markets = [{ epic: DAX, presets: [scalp(40, 2)] }]
  const running = desk({ settings: { version: 1, markets }, args: ['--epic', EURUSD, '--epic', DAX] })
  await running.waitForScreen(/EUR\/USD[\s\S]*FLAT/)
  running.type('\t')
  await running.waitForScreen(/MARKET Germany 40[\s\S]*stop 40 points/)
})

it('keeps to the limits of the settings', async () => {
  const running = desk({ settings: { version: 1, guard: { maxOpenPositions: 1 } } })
  await running.waitForScreen('FLAT')
  running.type('b')
  await running.waitForScreen('FILLED')
  running.type('s')
  await running.waitForScreen('DENIED SELL')
})

it('trades on the keys of the settings', async () => {
  const running = desk({ settings: { version: 1, keys: { profile: 'arrows' } } })
  await running.waitForScreen('FLAT')
  running.type('\x1b[C')
  await running.waitForScreen('FILLED: BOUGHT')
  running.type('\x1b[B')
  await running.waitForScreen('FLAT: the broker')
})

it('speaks French where the settings say so', async () => {
  const running = desk({ settings: { version: 1, screen: { language: 'fr' } } })
  await running.waitForScreen('À PLAT')
  running.type('h')
  await running.waitForScreen('aucune position à réduire de moitié')
})

it('rings for an outcome where the settings say so', async () => {
  const running = desk({ settings: { version: 1, screen: { bell: { denied: 'bell' } } } })
  await running.waitForScreen('FLAT')
  running.type('a')
  await running.waitForScreen('DISARMED')
  expect(running.raw()).not.toContain('\x07')
  running.type('b')
  await running.waitForScreen(() => running.raw().includes('\x07'))
})
