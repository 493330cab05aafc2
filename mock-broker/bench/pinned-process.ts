import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The client on one core, the server on another, so that neither takes the other's turn. */
const CORES = { client: '0', server: '1' } as const
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0

/** Starts a program of this folder that talks over its channel. */
export function startPinned(
  side: keyof typeof CORES,
  file: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): ChildProcess {
  const program = fileURLToPath(new URL(file, import.meta.url))
  const command = [process.execPath, ...nodeArgs, program, ...args]
  const [first = '', ...others] = canPin ? ['taskset', '-c', CORES[side], ...command] : command
  return spawn(first, others, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** The next thing that a program says. */
export function said<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', message => resolve(message as Message))
    child.once('exit', code => reject(new Error(`expected a message, but the program ended with ${code}`)))
  })
}

export async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.disconnect()
  await ended
}
