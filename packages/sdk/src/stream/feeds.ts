import { Feed, type StreamItem } from './feed.ts'
import type { Outlet } from './outlet.ts'
import type { StreamConnection } from './stream-connection.ts'

/** The feeds of one kind of value, each shared by all who want the same. */
export class Feeds<Value> {
  readonly #connection: StreamConnection
  readonly #feeds = new Map<string, Feed<Value>>()

  constructor(connection: StreamConnection) {
    this.#connection = connection
  }

  /**
   * Everything of these items goes there, until the function that this returns is called.
   * @throws {StreamLimitError} when there is no room for all of them; then none was subscribed.
   */
  join(items: readonly StreamItem<Value>[], outlet: Outlet<Value>): () => void {
    const wanted = [...new Map(items.map(item => [item.key, item])).values()]
    const missing = wanted.filter(({ key }) => this.#feeds.get(key)?.isRefused !== false)
    this.#connection.checkRoom(missing.map(({ name }) => name))
    const leave = wanted.map(item => this.#feed(item).join(outlet, item.decimals))
    return () => {
      for (const each of leave) each()
    }
  }

  get(key: string): Feed<Value> | undefined {
    return this.#feeds.get(key)
  }

  /** Whoever reads has it all. */
  end(): void {
    for (const feed of this.#feeds.values()) feed.end()
  }

  #feed(item: StreamItem<Value>): Feed<Value> {
    const known = this.#feeds.get(item.key)
    if (known !== undefined) return known
    const feed = new Feed(item, this.#connection, () => this.#feeds.delete(item.key))
    this.#feeds.set(item.key, feed)
    return feed
  }
}
