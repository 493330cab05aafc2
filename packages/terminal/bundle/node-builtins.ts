import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'

/**
 * For esbuild: Node's own modules by `process.getBuiltinModule` instead of `import` and `require`. An import reads every export of the
 * module to offer it, and some of them are whole subsystems that Node loads on first sight: importing `node:http` takes three times as
 * long as asking for it. Only the names that are used remain in the bundle.
 */
export const nodeBuiltins: Plugin = {
  name: 'node-builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) => {
      if (!isBuiltin(path)) return null
      if (kind === 'import-statement') return { path, namespace: 'builtin-import', sideEffects: false }
      return kind === 'require-call' ? { path, namespace: 'builtin-require' } : { path, external: true }
    })
    build.onLoad({ filter: /./, namespace: 'builtin-import' }, ({ path }) => ({ contents: constantsOf(path) }))
    build.onLoad({ filter: /./, namespace: 'builtin-require' }, ({ path }) => ({
      contents: `module.exports = ${accessTo(path)}`,
    }))
  },
}

/** A constant for each export, read where it is used by somebody and left out where it is not. */
function constantsOf(name: string): string {
  const module: object | undefined = process.getBuiltinModule(name)
  if (module === undefined) throw new Error(`expected a module of Node's own, but there is no ${name}`)
  const names = Object.keys(module).filter(key => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default')
  return [
    `const module = /* @__PURE__ */ ${accessTo(name)}`,
    ...names.map(key => `export const ${key} = /* @__PURE__ */ (() => module.${key})()`),
    'export default module',
  ].join('\n')
}

const accessTo = (name: string): string => `process.getBuiltinModule(${JSON.stringify(name)})`
