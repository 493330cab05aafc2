/**
 * Applies an RFC 6902 JSON Patch to a JSON text. Source: TLCP specification, "Data updates", `^P`.
 * @returns `null` when either is no JSON, the patch does not fit, or the result is larger than any real value.
 */
export function applyJsonPatch(old: string, patch: string): string | null {
  try {
    let value: Json = JSON.parse(old)
    const operations: Json = JSON.parse(patch)
    if (!Array.isArray(operations)) return null
    for (const operation of operations) {
      const next = applyOperation(value, operation)
      if (next === undefined) return null
      value = next
    }
    return weight(value, MAX_WEIGHT) < 0 ? null : JSON.stringify(value)
  } catch {
    return null
  }
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** Our choice: copies of copies could otherwise grow a value beyond all memory. Values and characters. */
const MAX_WEIGHT = 4 * 1024 * 1024

/** Values are never changed in place: a copy may share what it copied. `undefined`: the operation does not fit. */
function applyOperation(root: Json, operation: Json): Json | undefined {
  if (operation === null || typeof operation !== 'object' || Array.isArray(operation)) return undefined
  const path = readPointer(member(operation, 'path'))
  if (path === null) return undefined
  const value = member(operation, 'value')
  switch (member(operation, 'op')) {
    case 'add':
      return value === undefined ? undefined : put(root, path, value, 'insert')
    case 'replace':
      return value === undefined ? undefined : put(root, path, value, 'replace')
    case 'remove':
      return take(root, path)
    case 'copy':
    case 'move': {
      const from = readPointer(member(operation, 'from'))
      const found = from === null ? undefined : find(root, from)
      if (from === null || found === undefined) return undefined
      const rest = member(operation, 'op') === 'move' ? (from.length === 0 ? found : take(root, from)) : root
      return rest === undefined ? undefined : put(rest, path, found, 'insert')
    }
    case 'test':
      return value !== undefined && isEqual(find(root, path), value) ? root : undefined
    default:
      return undefined
  }
}

/** RFC 6901. */
function readPointer(pointer: Json | undefined): readonly string[] | null {
  if (typeof pointer !== 'string') return null
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return null
  const parts = pointer.slice(1).split('/')
  return parts.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function member(value: Json, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? (value as { readonly [name: string]: Json })[name] : undefined
}

function child(value: Json, part: string): Json | undefined {
  return Array.isArray(value) ? value[readIndex(part, value.length - 1)] : member(value, part)
}

function find(root: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = root
  for (const part of path) {
    if (value === undefined) return undefined
    value = child(value, part)
  }
  return value
}

function put(root: Json, path: readonly string[], value: Json, how: 'insert' | 'replace'): Json | undefined {
  const [part, ...rest] = path
  if (part === undefined) return value
  if (rest.length > 0) {
    const inner = child(root, part)
    const next = inner === undefined ? undefined : put(inner, rest, value, how)
    return next === undefined ? undefined : withChild(root, part, next)
  }
  if (how === 'replace') return child(root, part) === undefined ? undefined : withChild(root, part, value)
  if (!Array.isArray(root)) return withChild(root, part, value)
  const index = part === '-' ? root.length : readIndex(part, root.length)
  return index === -1 ? undefined : root.toSpliced(index, 0, value)
}

function take(root: Json, path: readonly string[]): Json | undefined {
  const [part, ...rest] = path
  if (part === undefined) return undefined
  const inner = child(root, part)
  if (inner === undefined) return undefined
  if (rest.length > 0) {
    const next = take(inner, rest)
    return next === undefined ? undefined : withChild(root, part, next)
  }
  if (Array.isArray(root)) return root.toSpliced(readIndex(part, root.length - 1), 1)
  return Object.fromEntries(Object.entries(root as object).filter(([name]) => name !== part))
}

function withChild(root: Json, part: string, value: Json): Json | undefined {
  if (Array.isArray(root)) return root.with(readIndex(part, root.length - 1), value)
  if (root === null || typeof root !== 'object') return undefined
  const entries = Object.entries(root)
  const at = entries.findIndex(([name]) => name === part)
  // By entries: a member called `__proto__` is a member like any other.
  return Object.fromEntries(at === -1 ? [...entries, [part, value]] : entries.with(at, [part, value]))
}

function readIndex(part: string, last: number): number {
  if (!/^(?:0|[1-9]\d{0,8})$/.test(part)) return -1
  const index = Number(part)
  return index <= last ? index : -1
}

function isEqual(a: Json | undefined, b: Json): boolean {
  if (a === undefined || a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every(name => {
    const other = child(b, name)
    return other !== undefined && isEqual(child(a, name), other)
  })
}

/** What is left of the allowance after the value; negative when it is too large. Stops as soon as that is known. */
function weight(value: Json, allowance: number): number {
  let left = allowance - (typeof value === 'string' ? value.length + 2 : 4)
  if (value === null || typeof value !== 'object') return left
  for (const [name, inner] of Object.entries(value)) {
    if (left < 0) return left
    left = weight(inner as Json, left - name.length)
  }
  return left
}
