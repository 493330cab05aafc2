/**
 * Loaded into the real program with `--import`: kills it (SIGKILL, no goodbye) at the step that an environment variable names.
 * It stands between the program and Node's `fs` and `net`, so nothing of it is in the bundle that people run.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { isMainThread } from 'node:worker_threads'
import { type RequestKind, STEP_VARIABLE, type Step, stepNamed } from './step.ts'

const name = process.env[STEP_VARIABLE]
// The painter and the mock broker on their threads write no journal and send no orders.
if (isMainThread && name !== undefined) arm(stepNamed(name))

function arm(step: Step): void {
  let met = 0
  /** Runs what the program wants done, and ends the program on the one side of it or the other. */
  function around<T>(isIt: boolean, run: () => T): T {
    if (!isIt || ++met !== step.nth) return run()
    if (step.when === 'before') die()
    const result = run()
    die()
    return result
  }

  if (step.at === 'record') {
    const { writeSync } = fs
    Object.assign(fs, {
      writeSync: (...args: Parameters<typeof writeSync>) =>
        // What is only rehearsed goes to the null device.
        around(recordKind(args[1]) === step.kind && fs.fstatSync(args[0]).isFile(), () => writeSync(...args)),
    })
    syncBuiltinESMExports()
  } else {
    const { prototype } = net.Socket
    const { write } = prototype
    Object.assign(prototype, {
      write(this: net.Socket, ...args: Parameters<typeof write>) {
        return around(orderKind(args[0]) === step.kind, () => write.apply(this, args))
      },
    })
  }
}

/** Of this process alone: it has begun no other, and its threads end with it. */
function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** The `kind` of a line of the journal; null for anything else that is written. */
function recordKind(written: unknown): string | null {
  const text =
    typeof written === 'string'
      ? written
      : ArrayBuffer.isView(written)
        ? Buffer.from(written.buffer, written.byteOffset, written.byteLength).toString()
        : ''
  if (!text.trimStart().startsWith('{')) return null
  return /"kind":"([a-z-]+)"/.exec(text)?.[1] ?? null
}

/** Source: IG Labs, REST trading API guide, "_method": a close is a POST that says DELETE in a header. */
function orderKind(written: unknown): RequestKind | null {
  if (typeof written !== 'string') return null
  const [, method, of] = /^(POST|PUT|DELETE) \S*\/(positions|workingorders)\/otc[ /]/.exec(written) ?? []
  if (of === undefined) return null
  const isDelete = method === 'DELETE' || /\r\n_method: DELETE\r\n/i.test(written)
  if (method === 'PUT') return of === 'positions' ? 'amend' : null
  if (of === 'workingorders') return isDelete ? 'cancel' : 'place'
  return isDelete ? 'close' : 'open'
}
