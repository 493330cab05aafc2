import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import type { EndedCommand } from './running-command.ts'
import { ROOT } from './running-desk.ts'

/** The program as scripts run it, in one process for many runs: what a start costs is paid once. One run at a time. */
export interface ManyRuns extends AsyncDisposable {
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<EndedCommand>
}

export interface Run {
  readonly run: number
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Stands on both outputs behind what a run has written. */
export const endMark = (run: number): string => `\u0000end of run ${run}\u0000`

async function startManyRuns(): Promise<ManyRuns> {
  const home = mkdtempSync(join(tmpdir(), 'many-runs-'))
  const child = fork(fileURLToPath(new URL('./run-many.ts', import.meta.url)), [], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const stdout = heard(child.stdout)
  const stderr = heard(child.stderr)
  await once(child, 'message')
  let runs = 0
  let last: Promise<unknown> = Promise.resolve()

  async function one(args: readonly string[], env: Readonly<Record<string, string>>): Promise<EndedCommand> {
    runs += 1
    const run: Run = {
      run: runs,
      args,
      env: { HOME: home, SCALPDESK_HOME: home, PATH: process.env.PATH ?? '', ...env },
    }
    const ended = answerOf(child, runs)
    child.send(run)
    const status = await ended
    const mark = endMark(runs)
    return { status, stdout: await stdout.until(mark), stderr: await stderr.until(mark) }
  }

  return {
    run(args, env = {}) {
      const next = last.then(() => one(args, env))
      last = next.catch(() => {})
      return next
    },
    async [Symbol.asyncDispose]() {
      const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
      child.kill('SIGKILL')
      await gone
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** One for a whole test file. */
export function sharedRuns(): Pick<ManyRuns, 'run'> {
  let runs: ManyRuns | null = null
  beforeAll(async () => {
    runs = await startManyRuns()
  })
  afterAll(() => runs?.[Symbol.asyncDispose]())
  return {
    run(args, env) {
      if (!runs) throw new Error('expected to run something within a test, but none runs')
      return runs.run(args, env)
    },
  }
}

function answerOf(child: ChildProcess, run: number): Promise<number> {
  return new Promise((resolve, reject) => {
    function hear(message: { readonly run: number; readonly status: number }): void {
      if (message.run !== run) return
      child.off('message', hear).off('exit', fail)
      resolve(message.status)
    }
    const fail = (): void => reject(new Error('expected the program to end its run, but it took the process with it'))
    if (child.exitCode !== null || child.signalCode !== null) return fail()
    child.on('message', hear).once('exit', fail)
  })
}

function heard(stream: ChildProcess['stdout']): { until(mark: string): Promise<string> } {
  let text = ''
  let look = (): void => {}
  stream?.setEncoding('utf8').on('data', chunk => {
    text += chunk
    look()
  })
  return {
    until: mark =>
      new Promise(resolve => {
        look = () => {
          const at = text.indexOf(mark)
          if (at < 0) return
          const said = text.slice(0, at)
          text = text.slice(at + mark.length)
          look = () => {}
          resolve(said)
        }
        look()
      }),
  }
}
