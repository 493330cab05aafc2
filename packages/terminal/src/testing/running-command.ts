import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@scalpdesk/testkit'
import { PROGRAM, ROOT } from './running-desk.ts'

/** The real program without a terminal: its input is what it is given, or empty, its outputs are pipes. */
export interface RunningCommand extends AsyncDisposable {
  stdout(): string
  stderr(): string
  kill(signal: NodeJS.Signals): void
  /** Settles once the program has ended and all it wrote was read. */
  readonly ended: Promise<EndedCommand>
}

export interface EndedCommand {
  /** Null when a signal killed it. */
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input?: string | Uint8Array,
): RunningCommand {
  const home = mkdtempSync(join(tmpdir(), 'scalpdesk-'))
  const program = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    env: { HOME: home, SCALPDESK_HOME: home, PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // It may end without having read.
  program.stdin.on('error', () => {})
  program.stdin.end(input)
  let stdout = ''
  let stderr = ''
  program.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  program.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const ended = new Promise<EndedCommand>(resolve => {
    program.once('close', status => resolve({ status, stdout, stderr }))
  })
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    kill: signal => void program.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      program.kill('SIGKILL')
      await ended
    },
  }
}

/** Waits until the mock broker has said that it is ready. */
export async function readyLine(command: RunningCommand): Promise<string> {
  return waitFor(`the ready line (so far on stderr: ${command.stderr()})`, () => /^.+\n/.exec(command.stdout())?.[0])
}
