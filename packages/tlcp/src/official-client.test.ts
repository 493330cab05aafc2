import { createRequire } from 'node:module'
import { manualClock, seededRandom, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Row, SubscriptionSpec } from './subscription.ts'
import { FakeEndpoint } from './testing/fake-endpoint.ts'
import { openTlcp, type Tlcp } from './tlcp-client.ts'
import { dialWebSocket } from './web-socket.ts'

/** The part of lightstreamer-client-node 8.0.5 that is compared with. */
interface OfficialUpdate {
  getValue(fieldPosition: number): string | null
  isValueChanged(fieldPosition: number): boolean
  isSnapshot(): boolean
  getItemPos(): number
}
interface OfficialListener {
  onItemUpdate?(update: OfficialUpdate): void
  onEndOfSnapshot?(item: string, position: number): void
  onClearSnapshot?(item: string, position: number): void
  onItemLostUpdates?(item: string, position: number, lost: number): void
}
interface Official {
  readonly LightstreamerClient: new (
    server: string,
    adapterSet: string,
  ) => { connect(): void; disconnect(): void; subscribe(subscription: object): void }
  readonly Subscription: new (
    mode: string,
    items: string[],
    fields: string[],
  ) => { setRequestedSnapshot(wanted: string): void; addListener(listener: OfficialListener): void }
}
const official: Official = createRequire(import.meta.url)('lightstreamer-client-node')

let endpoint: FakeEndpoint
let ours: Tlcp
let theirs: InstanceType<Official['LightstreamerClient']>
const clock = manualClock()

beforeEach(async () => {
  endpoint = await FakeEndpoint.open()
  ours = openTlcp({ server: endpoint.url, clock, random: seededRandom(1), dial: dialWebSocket })
  theirs = new official.LightstreamerClient(endpoint.url, 'DEFAULT')
  theirs.connect()
})

afterEach(async () => {
  theirs.disconnect()
  const closed = ours.close()
  clock.advance(500)
  await closed
  await endpoint.close()
})

/** Both clients subscribe to the same; what each saw, line by line. */
function both(spec: SubscriptionSpec): { readonly our: string[]; readonly their: string[] } {
  const our: string[] = []
  const their: string[] = []
  const describe = (item: number, isSnapshot: boolean, values: readonly string[]) =>
    `${item} ${isSnapshot ? 'snapshot' : 'row'} ${values.join(' ')}`
  ours.subscribe(spec, {
    update: (row: Row) => {
      const values = spec.fields.map((_, at) => `${row.isChanged(at) ? '' : '='}${JSON.stringify(row.value(at))}`)
      our.push(describe(row.itemIndex + 1, row.isSnapshot, values))
    },
    snapshotEnded: item => our.push(`end ${item + 1}`),
    cleared: item => our.push(`clear ${item + 1}`),
    rowsDropped: (item, count) => our.push(`lost ${item + 1} ${count}`),
  })
  const subscription = new official.Subscription(spec.mode, [...spec.items], [...spec.fields])
  if (spec.isSnapshotWanted) subscription.setRequestedSnapshot('yes')
  subscription.addListener({
    onItemUpdate: update => {
      const values = spec.fields.map((_, at) => {
        return `${update.isValueChanged(at + 1) ? '' : '='}${JSON.stringify(update.getValue(at + 1))}`
      })
      their.push(describe(update.getItemPos(), update.isSnapshot(), values))
    },
    onEndOfSnapshot: (_item, position) => their.push(`end ${position}`),
    onClearSnapshot: (_item, position) => their.push(`clear ${position}`),
    onItemLostUpdates: (_item, position, lost) => their.push(`lost ${position} ${lost}`),
  })
  theirs.subscribe(subscription)
  return { our, their }
}

/** To both sessions, each under its own number of the subscription. */
function push(lines: readonly string[]): void {
  for (const session of endpoint.server.sessions.values()) {
    for (const subId of session.subscriptions.keys()) endpoint.server.push(numbered(lines, subId), session)
  }
}

const numbered = (lines: readonly string[], subId: number) => lines.map(line => line.replace(/,1,/, `,${subId},`))

/** A random history of rows in the encoding of the specification. */
function history(items: number, fields: number, rows: number): readonly string[] {
  const random = seededRandom(7)
  const VALUES = [
    '#',
    '$',
    '1.08501',
    'DEAL',
    '%23x',
    'a%7Cb%2520c,d ^e',
    '%C3%A9',
    '日本',
    '{"a":[1,2]}',
    '%23%23',
    '0',
  ]
  const value = () => VALUES[Math.floor(random.next() * VALUES.length)] ?? ''
  const full = () => Array.from({ length: fields }, value).join('|')
  const lines = Array.from({ length: items }, (_, item) => `U,1,${item + 1},${full()}`)
  for (let row = 0; row < rows; row++) {
    const tokens = Array.from({ length: fields }, () => (random.next() < 0.5 ? '' : value()))
    const item = 1 + Math.floor(random.next() * items)
    const isRun = random.next() < 0.2
    lines.push(`U,1,${item},${isRun ? `^${fields - 1}|${value()}` : tokens.join('|')}`)
  }
  return lines
}

it.each<SubscriptionSpec['mode']>(['MERGE', 'DISTINCT', 'RAW'])(
  'sees in %s the same rows as the official client, value by value',
  async mode => {
    const fields = ['A', 'B', 'C', 'D']
    const lines = history(3, fields.length, 2_000)
    const snapshot = mode === 'DISTINCT' ? [...lines.slice(0, 5), 'EOS,1,1', 'EOS,1,2'] : lines.slice(0, 3)
    endpoint.server.rowsFor = subId => numbered(snapshot, subId)
    const { our, their } = both({ mode, items: ['ONE', 'TWO', 'THREE'], fields, isSnapshotWanted: mode !== 'RAW' })
    await waitFor('both snapshots', () => our.length >= snapshot.length && their.length >= snapshot.length)
    push(lines.slice(mode === 'DISTINCT' ? 5 : 3))
    push(mode === 'DISTINCT' ? ['OV,1,2,7', 'CS,1,3'] : ['OV,1,2,7'])
    await waitFor('the end of both', () => [our, their].every(seen => /lost|clear/.test(seen.at(-1) ?? '')))
    expect(our.length).toBeGreaterThan(2_000)
    expect(our).toEqual(their)
  },
)

it('sees in COMMAND the same table as the official client', async () => {
  const random = seededRandom(3)
  const lines: string[] = []
  const keys = new Set<string>()
  for (let row = 0; row < 1_000; row++) {
    const key = `K${Math.floor(random.next() * 20)}`
    const isThere = keys.has(key)
    const isDeleted = isThere && random.next() < 0.3
    if (isDeleted) keys.delete(key)
    else keys.add(key)
    const price = isDeleted ? '#|#' : `${Math.floor(random.next() * 5)}|${Math.floor(random.next() * 3)}`
    lines.push(`U,1,1,${key}|${isDeleted ? 'DELETE' : isThere ? 'UPDATE' : 'ADD'}|${price}`)
  }
  endpoint.server.rowsFor = subId => numbered([...lines.slice(0, 100), 'EOS,1,1'], subId)
  const fields = ['key', 'command', 'price', 'size']
  const { our, their } = both({ mode: 'COMMAND', items: ['BOOK'], fields, isSnapshotWanted: true })
  await waitFor('both snapshots', () => our.length >= 101 && their.length >= 101)
  push([...lines.slice(100), 'OV,1,1,1'])
  await waitFor('the end of both', () => [our, their].every(seen => seen.at(-1)?.startsWith('lost')))
  const withoutCommands = (seen: readonly string[]) => seen.map(line => line.replaceAll(/=?"(ADD|UPDATE)"/g, '"PUT"'))
  expect(withoutCommands(our)).toEqual(withoutCommands(their))
})
