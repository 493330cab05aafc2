/** Remembers the last answer, and gives it again while the arguments are the very same. */
export function unlessSame<Inputs extends readonly unknown[], Answer>(
  make: (...inputs: Inputs) => Answer,
): (...inputs: Inputs) => Answer {
  let last: { inputs: Inputs; answer: Answer } | null = null
  return (...inputs) => {
    if (!last || inputs.some((input, index) => input !== last?.inputs[index]))
      last = { inputs, answer: make(...inputs) }
    return last.answer
  }
}

/** As {@link unlessSame}, and not more often than once in so many milliseconds: for what nobody reads faster. */
export function seldom<Inputs extends readonly unknown[], Answer>(
  everyMs: number,
  make: (...inputs: Inputs) => Answer,
): (nowMs: number, ...inputs: Inputs) => Answer {
  let last: { inputs: Inputs; answer: Answer; madeAtMs: number } | null = null
  return (nowMs, ...inputs) => {
    if (!last || (nowMs - last.madeAtMs >= everyMs && inputs.some((input, index) => input !== last?.inputs[index])))
      last = { inputs, answer: make(...inputs), madeAtMs: nowMs }
    return last.answer
  }
}

/** The list before, while each of its rows is the very same. */
export function sameList<Row>(before: readonly Row[], rows: readonly Row[]): readonly Row[] {
  return before.length === rows.length && rows.every((row, index) => row === before[index]) ? before : rows
}
