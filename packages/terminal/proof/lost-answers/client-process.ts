/** One client in a process of its own: signs in, sends one order, says what its caller is told. */
import { flushCompileCache } from 'node:module'
import { type ClientId, connectClient, type Order } from './client.ts'
import type { Told } from './statement.ts'

export type ClientMessage =
  | { readonly kind: 'calling' }
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'over' }

export interface ClientTask {
  readonly id: ClientId
  readonly order: Order
}

if (import.meta.main) {
  const say = (message: ClientMessage) => process.send?.(message)
  // Also keeps the process up while a client waits for nothing that Node knows of.
  process.once('disconnect', () => process.exit())
  const task = await new Promise<ClientTask>(resolve => process.once('message', task => resolve(task as ClientTask)))
  const client = await connectClient(task.id, task.order)
  // It will be killed, and the next one of its kind need not compile it all again.
  flushCompileCache()
  say({ kind: 'calling' })
  const calledAtMs = performance.now()
  await client.open(told => say({ kind: 'told', told: { ...told, afterMs: performance.now() - calledAtMs } }))
  say({ kind: 'over' })
}
