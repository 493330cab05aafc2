/** Our choice: an honest chain of causes is shorter, and one that leads back to itself ends here. */
const MAX_DEPTH = 5
/** Such as `ECONNRESET`, `UND_ERR_SOCKET` or `SELF_SIGNED_CERT_IN_CHAIN`. */
const CODE = /^[\w-]{1,60}$/

/**
 * What was thrown with its message and its code only, and its causes and parts likewise. Libraries keep what they have received in
 * their errors (undici in the `data` of its `HTTPParserError`), tokens included, and whoever prints an error prints its causes.
 * @param textOf what may be told of one of the errors.
 */
export function plainCause(thrown: unknown, textOf: (error: Error) => string = messageOf, depth = MAX_DEPTH): Error {
  if (!(thrown instanceof Error)) return new Error('it failed without an error')
  // Without its code, because what an error stands for depends on parts that are not looked at any more.
  if (depth === 0) return new Error('it has further causes')
  const inner = (each: unknown): Error => plainCause(each, textOf, depth - 1)
  const options = thrown.cause instanceof Error ? { cause: inner(thrown.cause) } : {}
  const text = textOf(thrown)
  const plain =
    thrown instanceof AggregateError
      ? new AggregateError(thrown.errors.map(inner), text, options)
      : new Error(text, options)
  return 'code' in thrown && isCode(thrown.code) ? Object.assign(plain, { code: thrown.code }) : plain
}

/** Whether the code of an error is the name of something, and not a text. */
export function isCode(code: unknown): code is string {
  return typeof code === 'string' && CODE.test(code)
}

function messageOf(error: Error): string {
  return error.message
}
