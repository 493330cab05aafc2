import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { callHost } from '../host/host-client.ts'
import { startHost } from '../host/host-server.ts'
import { machineMs } from '../host/machine-clock.ts'
import type { GuardSaid } from '../host/screen-message.ts'
import { socketPath } from '../host/socket-path.ts'
import type { KeyAction } from '../keys/key-action.ts'
import type { KeyContext } from '../keys/key-table.ts'
import type { Screen } from '../screen/screen.ts'
import { viewAt } from '../screen/test/painted-pane.ts'
import type { ScreenView } from '../screen/view.ts'
import { sessionWords } from '../session/session-words.ts'
import { type AttachedScreen, attachedScreen } from './attached-screen.ts'
import { type HubSession, type ScreenHub, screenHub } from './screen-hub.ts'

/** A guard whose desk only notes what keys would bring about. */
function guardRig(staysArmed = false) {
  const acted: KeyAction[] = []
  const said: string[] = []
  const changes: boolean[] = []
  const screens: string[] = []
  const seat = { context: 'trading' as KeyContext, answer: null as KeyContext | null, agoMs: 0 }
  const hub = screenHub({
    clock: systemClock,
    machineMs: () => machineMs() + seat.agoMs,
    words: sessionWords('en'),
    staysArmed,
    onScreens: (what, count) => screens.push(`${what} ${count}`),
  })
  const session: HubSession = {
    keys: {
      act(action) {
        acted.push(action)
        if (seat.answer !== null) seat.context = seat.answer
      },
      type() {},
      notice() {},
      context: () => seat.context,
      keyboardKnown() {},
      focus() {},
    },
    served: { state: { news: [] } },
    screenChanged: disarms => void changes.push(disarms),
    drawingFailed() {},
  }
  hub.serve(session, text => said.push(text))
  return { hub, acted, said, changes, screens, seat }
}

/** A screen that never says that it has taken a view. */
function hungScreen(hub: ScreenHub, hasPainted = true) {
  const told: GuardSaid[] = []
  const attached = hub.attach(one => void told.push(one))
  if (hasPainted) attached.take({ kind: 'painted', sequence: 0, atMs: 0 })
  const views = () => told.filter(one => one.kind === 'view')
  return { told, views, ...attached }
}

const key = (action: KeyAction, place = 1, agoMs = 0) =>
  ({
    kind: 'key',
    ask: 1,
    input: { kind: 'act', action },
    pressedAtMs: machineMs() - agoMs,
    place,
  }) as const

it('lets four views wait for a screen that hangs, and then the newest, with no price of the others lost', () => {
  const { hub } = guardRig()
  const hung = hungScreen(hub)
  for (let step = 0; step < 10_000; step += 1) hub.asScreen.show(viewAt(108_000 + (step % 100) * 10))
  expect(hung.views()).toHaveLength(4)
  hung.take({ kind: 'taken', sequence: 1 })
  const [, , , , newest] = hung.views()
  const [feed] = newest?.changed.feeds ?? []
  expect(newest?.sequence).toBe(10_000)
  expect(feed).toMatchObject({ low: 108_000, high: 108_990 })
  expect(feed?.ticks.length).toBeLessThanOrEqual(20)
})

it('gives the keys to the screen that came last, disarms at each change, and lets the others flatten', () => {
  const { hub, acted, changes, screens } = guardRig()
  const first = hungScreen(hub)
  hub.asScreen.show(viewAt(108_000))
  const second = hungScreen(hub)
  for (const action of ['buy', 'close-position', 'toggle-armed', 'flatten'] as const) first.take(key(action))
  expect(acted).toEqual(['flatten'])
  second.take(key('buy'))
  expect(acted).toEqual(['flatten', 'buy'])
  hub.asScreen.show(viewAt(108_100))
  expect(first.views().at(-1)?.changed).toMatchObject({
    arming: { why: expect.stringMatching(/^VIEW ONLY/) },
    keys: [],
  })
  second.left()
  first.take(key('buy'))
  expect(acted).toEqual(['flatten', 'buy', 'buy'])
  first.left()
  expect(changes).toEqual([true, true, true])
  expect(screens).toEqual(['attached 1', 'attached 2', 'left 1', 'left 0'])
})

it('takes no entry that was pressed before there was a view, long ago, or in another dialogue, and every exit', () => {
  const { hub, acted, said, seat } = guardRig()
  const blind = hungScreen(hub, false)
  blind.take(key('buy'))
  blind.take(key('flatten'))
  expect(said).toEqual([expect.stringMatching(/^NOT DONE: nothing was on the screen yet/)])
  blind.left()
  const screen = hungScreen(hub)
  screen.take(key('buy', 1, 1_500))
  expect(said.at(-1)).toMatch(/^NOT SENT: the key came 1\.\d s late/)
  screen.take(key('flatten', 1, 60_000))
  seat.answer = 'question'
  screen.take(key('lock-day'))
  expect(screen.told.at(-2)).toMatchObject({ kind: 'place', context: 'question', place: 2 })
  // Pressed before the question was on the screen.
  screen.take(key('yes', 1))
  screen.take(key('buy', 1))
  expect(said.slice(-2)).toEqual([
    expect.stringMatching(/^NOT DONE: what the screen asked changed/),
    expect.stringMatching(/^NOT DONE: what the screen asked changed/),
  ])
  screen.take(key('close-position', 1))
  screen.take(key('quit', 2))
  expect(acted).toEqual(['flatten', 'flatten', 'lock-day', 'close-position'])
})

it('says how long nobody looked, and tells a chart that comes later what was drawn before', () => {
  const { hub, said } = guardRig()
  for (let step = 0; step < 5; step += 1) hub.asScreen.show(viewAt(108_000 + step * 100))
  hub.asScreen.seed('CS.D.EURUSD.CFD.IP', '1m', [{ startMs: 60_000, open: 1, high: 2, low: 1, close: 2, decimals: 0 }])
  const screen = hungScreen(hub)
  expect(said).toEqual([expect.stringMatching(/^no screen for 0\.\d s: nothing happened$/)])
  for (let sequence = 1; sequence < 12; sequence += 1) screen.take({ kind: 'taken', sequence })
  const pasts = screen.told.filter(one => one.kind === 'past')
  expect(pasts.map(({ timeFrame }) => timeFrame).toSorted()).toEqual(['15s', '1m', '5m', '5s', 'ticks'])
  expect(pasts[0]?.candles.at(-1)).toMatchObject({ close: 108_400 })
})

async function listening(rig: ReturnType<typeof guardRig>): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'hub-'))
  const path = socketPath(home, 'mock', 'A1')
  const host = await startHost({
    path,
    hello: { pid: 4, program: '0.1.0', role: 'guard', environment: 'mock', account: 'A1', broker: null },
    clock: systemClock,
    press: () => Promise.reject(new Error('expected no press')),
    guard: {
      keys: {},
      attach: rig.hub.attach,
      status: () => {
        throw new Error('expected nobody to ask')
      },
      stop: () => '',
    },
  })
  onTestFinished(async () => {
    await host.close()
    rmSync(home, { recursive: true })
  })
  return path
}

/** Paints at once, in memory. */
function memoryScreen(shown: ScreenView[]): Screen {
  const listeners: ((sequence: number, atMs: number) => void)[] = []
  return {
    show(view) {
      shown.push(view)
      const sequence = shown.length
      queueMicrotask(() => {
        for (const listener of listeners) listener(sequence, systemClock.nowMs())
      })
      return sequence
    },
    resize() {},
    seed() {},
    ring() {},
    stopNow: () => true,
    onFailure() {},
    onPainted: listener => void listeners.push(listener),
    lookPainted() {},
  }
}

async function attachedTo(path: string, shown: ScreenView[]): Promise<AttachedScreen> {
  const client = await callHost(path, systemClock)
  if (!client) throw new Error('expected a guard to listen, but none does')
  onTestFinished(client.close)
  const screen = attachedScreen(client, {
    clock: systemClock,
    machineMs,
    openScreen: () => memoryScreen(shown),
    openTextMode: () => memoryScreen(shown),
  })
  await screen.ready
  return screen
}

it('takes 10,000 keys over the socket, each once and in its order, while strangers write garbage', async () => {
  const rig = guardRig()
  const path = await listening(rig)
  rig.hub.asScreen.show(viewAt(108_000))
  const shown: ScreenView[] = []
  const screen = await attachedTo(path, shown)
  const strangers = Array.from({ length: 5 }, (_, index) => {
    const socket = connect(path, () => void socket.write(`${'\u0000garbage'.repeat(1 + index * 100)}\n`))
    return new Promise(resolve =>
      socket
        .on('error', () => {})
        .on('close', resolve)
        .resume(),
    )
  })
  const pressed = Array.from({ length: 10_000 }, (_, at): KeyAction => (at % 3 === 0 ? 'flatten' : 'size-1'))
  for (const action of pressed) screen.keys.act(action, systemClock.monotonicMs())
  await waitFor('every key', () => rig.acted.length === pressed.length || undefined)
  await Promise.all(strangers)
  expect(rig.acted).toEqual(pressed)
  rig.hub.asScreen.show(viewAt(109_000))
  await waitFor('a view after it', () => screen.view?.feeds.some(({ last }) => last === 109_000) || undefined)
})

it('loses a screen that writes garbage itself, and nothing else', async () => {
  const rig = guardRig()
  const path = await listening(rig)
  const socket = connect(path, () => {
    socket.write(
      '{"kind":"hello","scalpdesk":3}\n{"kind":"attach","ask":1}\n{"kind":"key","ask":2,"input":{"kind":"act",',
    )
    socket.write('"action":"fly"},"pressedAtMs":1,"place":1}\n')
  })
  let heard = ''
  socket.setEncoding('utf8').on('data', text => {
    heard += text
  })
  await new Promise(resolve => socket.on('close', resolve))
  expect(heard).toMatch(/"kind":"attached"[\s\S]*"kind":"refused"/)
  await waitFor('the screen to be let go', () => rig.screens.includes('left 0') || undefined)
  expect(rig.acted).toEqual([])
})
