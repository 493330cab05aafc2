import type { ManualClock } from '@scalpdesk/testkit'

/** Lets everything that is ready to go on do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 25; turn++) await Promise.resolve()
}

/** Moves time on in steps, letting what a step has woken go on before the next. */
export async function passTime(clock: ManualClock, ms: number, stepMs = 250): Promise<void> {
  await settled()
  for (let passed = 0; passed < ms; passed += stepMs) {
    clock.advance(Math.min(stepMs, ms - passed))
    await settled()
  }
}
