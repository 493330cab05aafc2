import type { ConnectOptions, Ig } from './ig.ts'

/**
 * Signs in and gives a connection to act through.
 * @throws {SignInError} when IG refuses the key, the login or the account.
 * @throws {TransportError} when the address does not answer.
 * @throws {InvalidInputError} when an option cannot be right.
 */
export async function connectIg(options: ConnectOptions): Promise<Ig> {
  // The HTTP and WebSocket clients cost over 100 ms to load, so importing this package alone does not load them.
  const { openIg } = await import('./open-ig.ts')
  return openIg(options)
}

/**
 * Loads what `connectIg` will need, ahead of it and beside other work. Connects to nothing and leaves nothing running.
 */
export async function preloadIg(): Promise<void> {
  await import('./open-ig.ts')
}
