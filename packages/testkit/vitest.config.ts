import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './longest-first.ts'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.{ts,tsx}', 'mock-broker/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['packages/testkit/fixed-seed.ts'],
    globalSetup: ['packages/testkit/temporary-folder.ts', 'packages/terminal/build-for-tests.ts'],
    // What hangs is found; what a busy machine holds up is let be.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // A process for each file would cost as much as the tests of most files; `--isolate` gives them one, to find what leaks from file to file.
    isolate: false,
    // Many wait for what they watch: programs that are killed and restarted, a confirm that is not kept for longer than a minute.
    maxWorkers: availableParallelism() * 3,
    maxConcurrency: 3,
  },
})
