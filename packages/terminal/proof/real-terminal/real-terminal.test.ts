import { setTimeout as keyboardDelay } from 'node:timers/promises'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { expect, it, vi } from 'vitest'
import { closedAfterEach } from '../../src/testing/closed-after-each.ts'
import { PROGRAM, ROOT } from '../../src/testing/running-desk.ts'
import { missingPrograms, openKitty, type RealTerminal } from './kitty.ts'

/** Bare Ctrl keys in a real terminal, pressed as a keyboard presses them; orders are counted at the broker. */

const open = closedAfterEach()

// A window, its drawing without a graphics card, and a process for each look at it take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const { PATH = '' } = process.env
const missing = missingPrograms(PATH)
const READY = /FLAT[\s\S]*READY/
const FLAT = /^ FLAT\b/m

async function deskInKitty(): Promise<{ readonly kitty: RealTerminal; readonly broker: MockBroker }> {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const kitty = await openKitty({
    command: [process.execPath, PROGRAM],
    env: { PATH, SCALPDESK_URL: broker.url, LANG: 'C.UTF-8' },
    cwd: ROOT,
    width: 1280,
    height: 800,
    fontSize: 11,
  })
  open.push(kitty)
  await kitty.waitForScreen(READY)
  return { kitty, broker }
}

const directions = (broker: MockBroker): readonly unknown[] =>
  broker
    .orders()
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => (body as { readonly direction: string }).direction)

if (missing.length > 0) {
  process.stderr.write(
    `no real terminal here: ${missing.join(', ')} not found; the pseudo-terminal tests stand alone\n`,
  )
  it('says what is missing where no real terminal can be opened', () => expect(missing).not.toEqual([]))
} else {
  it('buys with a bare Right Ctrl, sells with a bare Left Ctrl, closes everything with Space', async () => {
    const { kitty, broker } = await deskInKitty()
    kitty.press('rightCtrl')
    await kitty.waitForScreen(/FILLED: BOUGHT/)
    kitty.press('space')
    await kitty.waitForScreen(FLAT)
    kitty.press('leftCtrl')
    await kitty.waitForScreen(/FILLED: SOLD/)
    kitty.press('space')
    await expect.poll(() => broker.positions(), { timeout: 60_000 }).toEqual([])
    await kitty.waitForScreen(FLAT)
    expect(directions(broker)).toEqual(['BUY', 'SELL'])
  })

  it('closes with Ctrl and Space together, and trades on no other chord: Ctrl+C quits', async () => {
    const { kitty, broker } = await deskInKitty()
    kitty.press('rightCtrl')
    await kitty.waitForScreen(/FILLED: BOUGHT/)
    kitty.press('leftCtrl', 'space')
    await kitty.waitForScreen(FLAT)
    kitty.press('leftCtrl', 'c')
    await expect.poll(() => kitty.exitStatus(), { timeout: 60_000 }).toBe(0)
    expect(directions(broker)).toEqual(['BUY'])
  })

  it('sends one order for a key that is held, and none for a Ctrl key that is held', async () => {
    const { kitty, broker } = await deskInKitty()
    kitty.hold('leftCtrl')
    await keyboardDelay(1_000)
    kitty.letGo('leftCtrl')
    kitty.hold('b')
    await kitty.waitForScreen(/FILLED: BOUGHT/)
    await keyboardDelay(1_500)
    kitty.letGo('b')
    kitty.press('space')
    await kitty.waitForScreen(FLAT)
    expect(directions(broker)).toEqual(['BUY'])
  })
}
