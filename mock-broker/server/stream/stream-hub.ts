import { type Channel, channel, type Follower, type Values } from './channel.ts'
import type { ItemSource } from './items/item-source.ts'
import { itemKey, itemRules, itemValue, type ValueItem } from './items/stream-item.ts'
import type { Turn } from './turn.ts'

/** Brings what changes to those who follow it: one channel for each item and schema that anybody follows. */
export interface StreamHub {
  /** The item with this key may have changed. */
  touch(key: string): void
  isFollowed(key: string): boolean
  /** Hands out every row that has gathered. */
  settle(): void
  /** @returns the present values, from which on the follower gets every batch. */
  follow(item: ValueItem, fields: readonly string[], prefix: string, follower: Follower): Values
  unfollow(item: ValueItem, fields: readonly string[], prefix: string, follower: Follower): void
}

export function streamHub(source: ItemSource, turn: Turn): StreamHub {
  const channels = new Map<string, Map<string, Channel>>()
  const gathering = new Set<Channel>()

  function settle(): void {
    for (const each of gathering) each.settle()
    gathering.clear()
  }

  function open(item: ValueItem, fields: readonly string[]): Channel {
    const opened: Channel = channel({
      mode: itemRules(item).mode,
      read: () => fields.map(field => itemValue(item, field, source)),
      onGathering() {
        gathering.add(opened)
        turn.later('collect', settle)
      },
    })
    return opened
  }

  return {
    touch(key) {
      const ofItem = channels.get(key)
      if (ofItem) for (const each of ofItem.values()) each.touch()
    },
    isFollowed: key => channels.has(key),
    settle,
    follow(item, fields, prefix, follower) {
      const key = itemKey(item)
      const schema = fields.join(' ')
      const ofItem = channels.get(key) ?? new Map<string, Channel>()
      channels.set(key, ofItem)
      let found = ofItem.get(schema)
      if (!found) {
        found = open(item, fields)
        ofItem.set(schema, found)
      } else if (itemRules(item).mode === 'MERGE') found.touch()
      settle()
      found.join(prefix, follower)
      return found.values()
    },
    unfollow(item, fields, prefix, follower) {
      const key = itemKey(item)
      const schema = fields.join(' ')
      const ofItem = channels.get(key)
      const found = ofItem?.get(schema)
      settle()
      found?.leave(prefix, follower)
      if (found?.isEmpty()) ofItem?.delete(schema)
      if (ofItem?.size === 0) channels.delete(key)
    },
  }
}
