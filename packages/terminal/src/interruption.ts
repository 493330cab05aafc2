/**
 * What happens when a signal asks the program to end. Listened to from the first line on and never taken off: a signal
 * that comes while something else is being set up must not be lost, nor end the program with the terminal in disorder.
 */
export interface Interruption {
  /** From now on a signal goes here, with the exit status that it means; before, it ends the program at once. */
  onSignal(take: (status: number) => void): void
}

/** 128 + the signal's number, as shells report it. */
const STATUSES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

export function listenForSignals(): Interruption {
  let take: (status: number) => void = status => process.exit(status)
  for (const [signal, status] of Object.entries(STATUSES)) process.on(signal, () => take(status))
  return {
    onSignal(next) {
      take = next
    },
  }
}
