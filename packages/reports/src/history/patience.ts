import { AllowanceError, TransportError } from '@scalpdesk/sdk'

/** How often one reading is tried. Our choice. */
const MOST_TRIES = 5

/** Tries a reading again that failed for the network or the allowance, after pauses. @throws what the last try threw, or what trying again does not help */
export async function patiently<Answer>(
  read: () => Promise<Answer>,
  pause: (ms: number) => Promise<void>,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await read()
    } catch (error) {
      const pauseMs = pauseAfter(error, tries)
      if (pauseMs === null || tries >= MOST_TRIES) throw error
      await pause(pauseMs)
    }
  }
}

/** IG counts calls by the minute, so pauses for the allowance make up more than one. Our choices. */
const ALLOWANCE_PAUSE_MS = 20_000
const FIRST_PAUSE_MS = 1_000

function pauseAfter(error: unknown, tries: number): number | null {
  if (error instanceof AllowanceError) return ALLOWANCE_PAUSE_MS
  const isPassing = error instanceof TransportError && !['aborted', 'closed'].includes(error.code)
  return isPassing ? FIRST_PAUSE_MS * 2 ** (tries - 1) : null
}
