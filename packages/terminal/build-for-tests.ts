import { buildTerminal, isStale } from './build.ts'

/** Tests of the program run the bundle that people run. */
export async function setup(): Promise<void> {
  if (isStale()) await buildTerminal()
}
