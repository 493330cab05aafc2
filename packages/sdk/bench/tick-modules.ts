import { createRequire } from 'node:module'
import type { Ws } from '@scalpdesk/testkit/bench'

/** The modules that only the streaming client depends on, `ws` and the official clients among them, are found from where it stands. */
export const requireOfTlcp = createRequire(import.meta.resolve('@scalpdesk/tlcp'))

export const ws: Ws = requireOfTlcp('ws')
