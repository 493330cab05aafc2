import type { Plugin } from 'esbuild'

/**
 * For esbuild: of undici only its connection pool, which is all that the SDK asks of it. Its main entry also loads `fetch`, caches, mocks
 * and more, which takes twice as long to load as the rest of the program. The bundle fails to build when something else is imported.
 */
export const undiciPool: Plugin = {
  name: 'undici-pool',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: 'undici-pool',
      pluginData: resolveDir,
    }))
    build.onLoad({ filter: /./, namespace: 'undici-pool' }, ({ pluginData }: { pluginData: unknown }) => ({
      contents: "export { default as Pool } from 'undici/lib/dispatcher/pool.js'",
      resolveDir: String(pluginData),
    }))
  },
}
