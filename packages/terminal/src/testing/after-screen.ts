import { expect } from 'vitest'
import type { RunningDesk } from './running-desk.ts'

/** Waits for a refusal: one sentence and nothing else, on a terminal that is as it was. @returns the sentence */
export async function refusal(refused: RunningDesk, status: number): Promise<string> {
  expect(await refused.exited).toEqual({ code: status, signal: null })
  const printed = afterScreen(refused)
  expect(printed).toMatch(/^scalpdesk: [^\r\n]+\r\n$/)
  await expectRestored(refused)
  return printed
}

/** What was printed once the alternate screen was left, or at all where it never was entered. */
export function afterScreen(ended: RunningDesk): string {
  return ended.raw().split('\x1b[?1049l').at(-1) ?? ''
}

export async function expectRestored(ended: RunningDesk): Promise<void> {
  // Until all that was written has been drawn.
  await ended.waitForScreen(() => true)
  expect(ended.isAlternateScreen).toBe(false)
  expect(ended.isCursorVisible).toBe(true)
  expect(ended.keyboardFlags).toBe(0)
}
