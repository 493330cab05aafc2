import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manualClock } from '@scalpdesk/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, OPEN, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

/** What an API that counts from now answers when a market's now was years ago: a tape of 8 May 2014, played in January 2026. */

const EURUSD = 'CS.D.EURUSD.CFD.IP'
let folder = ''
let broker: MockBroker
let client: RestClient
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tape-dates-'))
  const file = join(folder, 'eurusd-20140508.csv')
  await writeFile(file, '27000000,1.39460,1.39465\n27600000,1.39470,1.39475\n')
  broker = await startQuietBroker({ clock: manualClock(Date.UTC(2026, 0, 7, 9)), replay: [file] })
  client = await signIn(broker)
})
afterEach(async () => {
  await broker.close()
  await rm(folder, { recursive: true })
})

const list = (body: unknown, name: string) => (at(body, name) ?? []) as readonly unknown[]
const sizes = async (path: string, version: number, name: string) =>
  list((await client.get(path, version)).body, name).length

it('gives prices from a date on the tape without being told where to end', async () => {
  const { status, body } = await client.get(
    `/prices/${EURUSD}?resolution=MINUTE&from=2014-05-08T13:25:00&pageSize=0`,
    3,
  )
  expect(status).toBe(200)
  expect(list(body, 'prices').map(bar => at(bar, 'snapshotTimeUTC'))).toEqual([
    '2014-05-08T12:25:00',
    '2014-05-08T12:26:00',
    '2014-05-08T12:27:00',
    '2014-05-08T12:28:00',
    '2014-05-08T12:29:00',
    '2014-05-08T12:30:00',
  ])
})

it('finds what was just dealt in the last ten minutes, newest first, after a past that ends the day before', async () => {
  await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'tape' })
  const dealId = broker.positions()[0]?.position.dealId
  const close = { dealId, direction: 'SELL', size: 1, orderType: 'MARKET' }
  await client.send('POST', '/positions/otc', 1, close, { _method: 'DELETE' })
  expect(await sizes('/history/transactions', 2, 'transactions')).toBe(1)
  expect(await sizes('/history/transactions/ALL/600000', 1, 'transactions')).toBe(1)
  expect(await sizes('/history/activity', 2, 'activities')).toBe(2)
  expect(await sizes('/history/activity/600000', 1, 'activities')).toBe(2)
  const { body } = await client.get('/history/activity?from=2014-01-01&detailed=true', 3)
  const dates = list(body, 'activities').map(item => String(at(item, 'date')))
  expect(dates.slice(0, 2)).toEqual(['2014-05-08T12:30:00', '2014-05-08T12:30:00'])
  expect(dates[2]?.slice(0, 10)).toBe('2014-05-07')
})

it('finds the deals of a market without a tape as well, whose dates are the wall’s', async () => {
  await client.send('POST', '/positions/otc', 2, { ...OPEN, epic: 'IX.D.DAX.IFD.IP', currencyCode: 'EUR' })
  const { body } = await client.get('/history/activity', 2)
  expect(list(body, 'activities').map(item => String(at(item, 'date')).slice(0, 10))).toEqual(['2026-01-07'])
})
