import type { Epic } from '@scalpdesk/sdk'

/** What a question or an order to get out is about: the whole account, or one market of it. */
export type Scope = { readonly kind: 'account' } | { readonly kind: 'market'; readonly epic: Epic }

export const ACCOUNT: Scope = { kind: 'account' }

export function isWithin(scope: Scope, { epic }: { readonly epic: Epic }): boolean {
  return scope.kind === 'account' || scope.epic === epic
}
