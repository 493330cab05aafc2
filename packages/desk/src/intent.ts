import type { Direction } from '@scalpdesk/sdk'

/** What the trader wants. Keys, the command line, bots and scripts all speak in these. */
export type Intent = { readonly kind: 'enter'; readonly direction: Direction } | { readonly kind: 'flatten' }
