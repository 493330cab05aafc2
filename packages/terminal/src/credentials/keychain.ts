/** The system's keychain as far as it is needed: texts under names, for one service. */
export interface Keychain {
  names(): Promise<readonly string[]>
  /** @returns null when there is none. */
  get(name: string): Promise<string | null>
  set(name: string, text: string): Promise<void>
  /** @returns false when there was none. */
  delete(name: string): Promise<boolean>
}

/** What is asked of the keychain's process, as one JSON line on its input: nothing secret is in an argument or a variable. */
export type KeychainQuestion =
  | { readonly ask: 'names' }
  | { readonly ask: 'get'; readonly name: string }
  | { readonly ask: 'set'; readonly name: string; readonly text: string }
  | { readonly ask: 'delete'; readonly name: string }

/** Its answer, as one JSON line on its output. */
export type KeychainAnswer =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'text'; readonly text: string | null }
  | { readonly kind: 'done'; readonly wasThere: boolean }
  /** The addon, or what it needs of the system, cannot be loaded. */
  | { readonly kind: 'missing' }
  /** It is there and said no: in the words of the system. */
  | { readonly kind: 'failed'; readonly words: string }
