import { createRequire } from 'node:module'
import type { MockBroker } from '../server/index.ts'
import type { RestClient } from './rest-client.ts'

/** The libraries that Lightstreamer publishes, as they come from the registry. The web one needs what a browser has. */
export type OfficialLibrary = 'lightstreamer-client-node' | 'lightstreamer-client-node-9' | 'lightstreamer-client-web'

/** As much of their interface as the tests use; they share it. */
export interface OfficialClient {
  readonly connectionDetails: { setUser(user: string): void; setPassword(password: string): void }
  readonly connectionOptions: { setForcedTransport(transport: string): void; setContentLength(bytes: number): void }
  addListener(listener: {
    onStatusChange?(status: string): void
    onServerError?(code: number, text: string): void
  }): void
  connect(): void
  disconnect(): void
  subscribe(subscription: OfficialSubscription): void
  unsubscribe(subscription: OfficialSubscription): void
}

export interface OfficialSubscription {
  setDataAdapter(name: string): void
  setRequestedMaxFrequency(frequency: number | string): void
  addListener(listener: SubscriptionListener): void
}

interface SubscriptionListener {
  onItemUpdate?(update: ItemUpdate): void
  onSubscription?(): void
  onUnsubscription?(): void
  onSubscriptionError?(code: number, text: string): void
  onRealMaxFrequency?(frequency: string | null): void
  onItemLostUpdates?(item: string, position: number, lost: number): void
}

export interface ItemUpdate {
  getItemName(): string
  getValue(field: string): string | null
  isSnapshot(): boolean
}

interface Library {
  readonly LightstreamerClient: new (server: string, adapterSet?: string | null) => OfficialClient
  readonly Subscription: new (mode: string, items: readonly string[], fields: readonly string[]) => OfficialSubscription
}

export function officialLibrary(name: OfficialLibrary): Library {
  const load = createRequire(import.meta.url)
  if (name === 'lightstreamer-client-web') {
    const { XMLHttpRequest } = load('xmlhttprequest') as { readonly XMLHttpRequest: unknown }
    Reflect.set(globalThis, 'XMLHttpRequest', XMLHttpRequest)
  }
  return load(name) as Library
}

/** A client with its tokens in place; what happens to it is written down in words. */
export function officialClient(
  { LightstreamerClient }: Library,
  broker: MockBroker,
  { tokens }: RestClient,
): { readonly client: OfficialClient; readonly story: string[] } {
  const story: string[] = []
  const client = new LightstreamerClient(broker.stream)
  client.connectionDetails.setUser(broker.accountId)
  client.connectionDetails.setPassword(`CST-${tokens.CST}|XST-${tokens['X-SECURITY-TOKEN']}`)
  client.addListener({
    onStatusChange: status => void story.push(status),
    onServerError: (code, text) => void story.push(`error ${code} ${text}`),
  })
  return { client, story }
}
