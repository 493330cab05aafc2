import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initialState } from '@scalpdesk/desk'
import { Decimal, dealId, epic, type Ig, systemClock } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { callHost } from '../host/host-client.ts'
import type { ServedDesk } from '../host/prepared-press.ts'
import type { PressIntent } from '../host/press-text.ts'
import { socketPath } from '../host/socket-path.ts'
import { serveDesk } from './serve-desk.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const BUY: PressIntent = { kind: 'enter', epic: epic('CS.D.EURUSD.CFD.IP'), direction: 'BUY' }
const REST: PressIntent = { ...BUY, kind: 'place', orderKind: 'limit', level: new Decimal(1) }
const WIDEN: PressIntent = {
  kind: 'set-leg',
  leg: 'stop',
  to: { level: new Decimal(1) },
  target: { dealId: dealId('DI1') },
}

/** @returns what those who press were told; a press that reaches the desk is told so */
async function told(environment: 'demo' | 'live', intents: readonly PressIntent[]): Promise<readonly string[]> {
  const home = mkdtempSync(join(tmpdir(), 'serve-'))
  const no = () => {
    throw new Error('it reached the desk')
  }
  const desk: ServedDesk = {
    state: initialState({ contracts: [], accountCurrency: 'EUR' }),
    known: async () => {},
    priced: async () => no(),
    trade: async () => no(),
    want: no,
    onChange: no,
    onRecord: no,
  }
  const ig = { account: { id: 'A1' } } as Ig
  const journal = { append: () => no() }
  const parts = { home, ig, environment, world: environment, address: null, journal, onNotice() {} }
  open.push(serveDesk(desk, parts).close)
  const path = socketPath(home, environment, 'A1')
  await waitFor('the socket', () => existsSync(path))
  const client = await callHost(path, systemClock)
  if (!client) throw new Error('expected a desk to listen, but none does')
  open.push(client.close)
  const words: string[] = []
  for (const intent of intents)
    await client.press({ intent, by: 'command' }, () => {}).catch(error => words.push(String(error.message)))
  return words
}

it('takes no order on live from another program without a second deliberate act', async () => {
  const words = await told('live', [BUY, REST, WIDEN])
  expect(words).toHaveLength(3)
  for (const each of words) expect(each).toMatch(/expected a second deliberate act for an order on live/)
})

it('gets out on live for whoever asks, and takes everything on demo', async () => {
  expect(await told('live', [{ kind: 'flatten', scope: { kind: 'account' } }])).toEqual(['it reached the desk'])
  expect(await told('demo', [BUY, REST, WIDEN])).toEqual(Array(3).fill('it reached the desk'))
})
