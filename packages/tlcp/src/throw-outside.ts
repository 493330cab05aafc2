/** Loud, but outside of our own work: a listener's fault must neither be lost nor cost the session. */
export function throwOutside(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

/** Runs what an application has given us. */
export function guarded(run: () => void): void {
  try {
    run()
  } catch (error) {
    throwOutside(error)
  }
}
