import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epic, systemClock } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { callHost, HostLost } from './host-client.ts'
import { startHost } from './host-server.ts'
import { pressPrepared, type ServedDesk } from './prepared-press.ts'
import type { PressIntent } from './press-text.ts'
import { socketPath } from './socket-path.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** Somebody presses, and is gone before the desk knows what is open. @returns what the desk was told to do */
async function pressedAndLeft(intent: PressIntent): Promise<readonly PressIntent['kind'][]> {
  const ready = Promise.withResolvers<void>()
  const wanted: PressIntent['kind'][] = []
  let isWaiting = false
  let isGone = () => false
  const desk = {
    state: {
      contracts: new Map([[epic('CS.D.EURUSD.CFD.IP'), {}]]),
      orders: new Map(),
      legChanges: [],
      flattens: [],
      outcome: {},
    },
    known() {
      isWaiting = true
      return ready.promise
    },
    priced: async () => {},
    trade: async () => {},
    want: (asked: PressIntent) => void wanted.push(asked.kind),
    onChange: () => () => {},
    onRecord: () => () => {},
  } as object as ServedDesk
  const path = socketPath(mkdtempSync(join(tmpdir(), 'prepared-')), 'mock', 'A1')
  const ended: Promise<unknown>[] = []
  const host = await startHost({
    path,
    hello: { pid: 4, program: '0.1.0', role: 'command', environment: 'mock', account: 'A1', broker: null },
    clock: systemClock,
    press(press, onProgress, isWanted) {
      isGone = () => !isWanted()
      const options = { clock: systemClock, limitMs: 1_000, onProgress, isWanted }
      const pressing = pressPrepared(desk, press, options)
      ended.push(pressing.catch(() => {}))
      return pressing
    },
  })
  open.push(host.close)
  const client = await callHost(path, systemClock)
  const asked = client?.press({ intent, by: 'command' }, () => {})
  await waitFor('the desk to wait', () => isWaiting)
  client?.close()
  await expect(asked).rejects.toThrow(HostLost)
  await waitFor('the desk to notice', () => isGone())
  ready.resolve()
  await Promise.all(ended)
  return wanted
}

it('opens nothing for somebody who is gone before it leaves', async () => {
  expect(await pressedAndLeft({ kind: 'enter', epic: epic('CS.D.EURUSD.CFD.IP'), direction: 'BUY' })).toEqual([])
})

it('gets out all the same', async () => {
  expect(await pressedAndLeft({ kind: 'flatten', scope: { kind: 'account' } })).toEqual(['flatten'])
})
