import type { Keychain } from '../credentials/keychain.ts'

/** A keychain that forgets everything with the test. */
export function memoryKeychain(): Keychain & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    names: async () => [...entries.keys()],
    get: async name => entries.get(name) ?? null,
    async set(name, text) {
      entries.set(name, text)
    },
    delete: async name => entries.delete(name),
  }
}
