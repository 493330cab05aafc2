import type { Goal, Now, Retry, Session, SessionInput } from '../session-state.ts'

/** What a session machine is asked with. Tests only: a test names what matters to it. */

const URL = 'wss://push.example.com/lightstreamer'

export const session: Session = { id: 'S1', url: URL, requestLimit: 50_000, keepaliveMs: 1_000 }

export const rested: Retry = {
  attempt: 0,
  refusal: null,
  version: '2.4.0',
  transport: 'websocket-streaming',
  isCombining: false,
}

export const now: Now = {
  atMs: 100_000,
  random: 0.5,
  received: 6,
  serverUrl: URL,
  transports: ['websocket-streaming'],
  pollIdleMs: 1_000,
  version: '2.4.0',
}

export const cut = { code: 'lost', text: 'cut' } as const

export const create: Goal = { kind: 'create', replaces: false }

export const connected: SessionInput & { readonly kind: 'connected' } = {
  kind: 'connected',
  sessionId: 'S1',
  requestLimit: 50_000,
  keepaliveMs: 1_000,
  controlLink: null,
}
