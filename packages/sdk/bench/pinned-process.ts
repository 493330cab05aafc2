import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOCAL_CERTIFICATE } from '../src/testing/local-certificate.ts'

/** The client on one core, the server on another, so that neither takes the other's turn. */
const CORES = { client: '0', server: '1' } as const
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0

export interface Server<Info> extends AsyncDisposable {
  /** What it said when it was ready. */
  readonly info: Info
}

/** Starts a program of this folder that says one thing when it is ready and ends when its channel does. */
export async function startServer<Info>(file: string, args: readonly (string | number)[] = []): Promise<Server<Info>> {
  const child = start('server', file, args, [])
  const info = await said<Info>(child, file)
  return {
    info,
    async [Symbol.asyncDispose]() {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

/** Runs a program of this folder to its end; gives the one thing that it said. */
export async function runWorker<Result>(
  file: string,
  args: readonly (string | number)[] = [],
  nodeArgs: readonly string[] = [],
): Promise<Result> {
  const child = start('client', file, args, nodeArgs)
  const ended = new Promise(resolve => child.once('exit', resolve))
  const result = await said<Result>(child, file)
  if (child.connected) child.disconnect()
  await ended
  return result
}

/** What a worker or server of these says. */
export function say(message: object): void {
  process.send?.(message)
}

function start(
  side: keyof typeof CORES,
  file: string,
  args: readonly (string | number)[],
  nodeArgs: readonly string[],
): ChildProcess {
  const program = fileURLToPath(new URL(file, import.meta.url))
  const command = [process.execPath, ...nodeArgs, program, ...args.map(String)]
  const [first = '', ...others] = pinned(side, command)
  return spawn(first, others, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: certificateFile(),
      // A server is not what is measured: only its first start compiles.
      ...(side === 'server' && { NODE_COMPILE_CACHE: join(certificateFile(), '../compiled') }),
    },
  })
}

/** The command of a program, held to the client's core where that can be done. */
export function clientCommand(command: readonly string[]): readonly string[] {
  return pinned('client', command)
}

function pinned(side: keyof typeof CORES, command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', CORES[side], ...command] : command
}

function said<Message>(child: ChildProcess, file: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', message => resolve(message as Message))
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`expected ${file} to say its result, but it ended with ${code}`)))
  })
}

let certificate: string | null = null

/** Every client trusts the certificate of the server here in its own usual way: nobody's checks are turned off. */
function certificateFile(): string {
  if (certificate === null) {
    const folder = mkdtempSync(join(tmpdir(), 'sdk-bench-'))
    process.on('exit', () => rmSync(folder, { recursive: true }))
    certificate = join(folder, 'certificate.pem')
    writeFileSync(certificate, LOCAL_CERTIFICATE)
  }
  return certificate
}
