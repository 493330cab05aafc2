/** Something about a strategy that its author can mend: its file, its definition, its parameters, what it does. */
export class StrategyError extends Error {
  override readonly name = 'StrategyError'
}
