import { systemClock } from '@scalpdesk/sdk'
import { createKeyDecoder } from '../keys/key-decoder.ts'

export type BotKey = 'pause' | 'flatten' | 'quit'

/** The keys of `bot run`, where there is a keyboard. @returns what takes them off again; null in a pipe */
export function listenForBotKeys(take: (key: BotKey) => void): (() => void) | null {
  const { stdin } = process
  if (!stdin.isTTY || !process.stdout.isTTY) return null
  const decoder = createKeyDecoder()
  const onData = (chunk: Uint8Array): void => {
    for (const input of decoder.decode(chunk, systemClock.monotonicMs())) {
      if (input.kind !== 'key' || input.event !== 'press') continue
      const key = KEYS[input.name]
      if (key !== undefined) take(key)
    }
  }
  stdin.setRawMode(true)
  stdin.on('data', onData)
  stdin.resume()
  return () => {
    stdin.off('data', onData)
    stdin.setRawMode(false)
    stdin.pause()
  }
}

const KEYS: Readonly<Record<string, BotKey>> = {
  p: 'pause',
  f: 'flatten',
  space: 'flatten',
  q: 'quit',
  'ctrl+c': 'quit',
}
