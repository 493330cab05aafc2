import type { OnTick, TickPeer } from './tick-reading.ts'

/** The part of Lightstreamer's own clients that the benches use; they give the module. */
export interface Official {
  readonly LightstreamerClient: new (server: string, adapterSet: string) => OfficialClient
  readonly Subscription: new (mode: string, items: string[], fields: string[]) => OfficialSubscription
}

interface OfficialClient {
  readonly connectionOptions: { setForcedTransport(transport: string): void }
  subscribe(subscription: object): void
  connect(): void
}

interface OfficialSubscription {
  setRequestedSnapshot(wanted: string): void
  addListener(listener: { onItemUpdate(update: { getValue(field: string): string | null }): void }): void
}

/** @param load gives the module: only where it is wanted, because what it takes up is counted. */
export function officialClient(name: string, load: () => Official, item: string, fields: readonly string[]): TickPeer {
  const [bid = '', offer = ''] = fields
  const time = fields.find(field => field === 'TIME' || field === 'UPDATE_TIME') ?? ''
  const units = (text: string | null): number => Math.round(Number(text) * 100_000)
  return {
    name,
    start(port: number, onTick: OnTick) {
      const { LightstreamerClient, Subscription } = load()
      const client = new LightstreamerClient(`http://127.0.0.1:${port}`, 'DEFAULT')
      client.connectionOptions.setForcedTransport('WS-STREAMING')
      const subscription = new Subscription('MERGE', [item], [...fields])
      subscription.setRequestedSnapshot('yes')
      subscription.addListener({
        onItemUpdate: update =>
          onTick(units(update.getValue(bid)), units(update.getValue(offer)), Number(update.getValue(time))),
      })
      client.subscribe(subscription)
      client.connect()
    },
  }
}
