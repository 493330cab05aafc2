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
   * @throws {StreamLimitError} when there is no room for all of them. Whatever is thrown, none is then subscribed.
   */
  join(items: readonly StreamItem<Value>[], outlet: Outlet<Value>): () => void {
    const wanted = [...new Map(items.map(item => [item.key, item])).values()]
    const missing = wanted.filter(({ key }) => this.#feeds.get(key)?.isRefused !== false)
    this.#connection.checkRoom(missing.map(({ name }) => name))
    const joined: (() => void)[] = []
    const leave = (): void => {
      for (const each of joined) each()
    }
    try {
      for (const item of wanted) joined.push(this.#feed(item).join(outlet, item.decimals))
    } catch (error) {
      leave()
      throw error
    }
    return leave
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
