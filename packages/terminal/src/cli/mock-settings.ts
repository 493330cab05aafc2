import { EXIT, ExitError } from '../exit-status.ts'
import type { MockFlags, MockSettings } from '../session/embedded-mock.ts'
import { readFaults } from './faults-file.ts'
import { givenSettings } from './given-settings.ts'

/** The flags that drive a mock broker, as the broker takes them: the same for `mock` and for the one inside. */
export async function mockSettings(flags: MockFlags): Promise<MockSettings> {
  const { replay, from, speed, loop, strict, gap, seed, allowances, faults } = flags
  const plans = faults === undefined ? undefined : await readFaults(faults)
  const settings = { replay, from, speed, loop, strict, gapMinutes: gap, seed, allowances, faults: plans }
  return givenSettings(settings)
}

/** The first of these flags that was given, as it is written. */
export function givenMockFlag(flags: MockFlags): string | null {
  return MOCK_FLAGS.find(name => flags[name] !== undefined) ?? null
}

/** Those that say something about tick files, and nothing without one. */
function idleTapeFlag(flags: MockFlags): string | null {
  return flags.replay ? null : (TAPE_FLAGS.find(name => flags[name] !== undefined) ?? null)
}

/** @throws ExitError for a flag that would do nothing: who gave it believes something that is not so. */
export function refuseIdleTape(flags: MockFlags): void {
  const idle = idleTapeFlag(flags)
  if (idle !== null)
    throw new ExitError(EXIT.usage, `--${idle} is about tick files, but there is none; add --replay FILE`)
}

const TAPE_FLAGS = ['from', 'speed', 'loop', 'strict', 'gap'] as const
const MOCK_FLAGS = ['replay', ...TAPE_FLAGS, 'seed', 'faults', 'allowances'] as const
