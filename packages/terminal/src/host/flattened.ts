import type { PressedBy, RecordOf } from '@scalpdesk/desk'
import type { PressableDesk } from './press-follower.ts'
import { isObject } from './press-outcome.ts'

/** Somebody has pressed flatten. */
export interface Flattened {
  readonly by: PressedBy
  readonly scope: RecordOf<'flatten'>['scope']
}

/** Hears each flatten of a desk, whoever pressed it, until the function that it returns is called. */
export function onFlatten(
  { onRecord }: Pick<PressableDesk, 'onRecord'>,
  listener: (flattened: Flattened) => void,
): () => void {
  return onRecord(record => {
    if (record.kind === 'flatten') listener({ by: record.by ?? 'key', scope: record.scope })
  })
}

/** @returns null for what is none */
export function readFlattened({ by, scope }: Readonly<Record<string, unknown>>): Flattened | null {
  if (!isPresser(by) || !isObject(scope)) return null
  if (scope.kind === 'account') return { by, scope: { kind: 'account' } }
  return scope.kind === 'market' && typeof scope.epic === 'string'
    ? { by, scope: { kind: 'market', epic: scope.epic } }
    : null
}

const isPresser = (value: unknown): value is PressedBy =>
  value === 'key' || value === 'command' || (typeof value === 'string' && /^bot:./.test(value))
