import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.{ts,tsx}', 'mock-broker/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['packages/testkit/fixed-seed.ts'],
    globalSetup: ['packages/testkit/temporary-folder.ts', 'packages/terminal/build-for-tests.ts'],
    testTimeout: 30_000,
    // Some wait for what they watch: programs that are killed and restarted, a confirm that is not kept for longer than a minute.
    maxWorkers: availableParallelism() + 1,
  },
})
