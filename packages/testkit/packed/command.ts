import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

export interface CommandOptions {
  readonly cwd: string
  /** The Node that the program finds; this one unless told. */
  readonly node?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Installing may have to wait for a registry. */
export const SLOW_MS = 240_000

/** Runs a program to its end and gives what it printed. @throws with all that it said when it failed */
export async function command(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env, PATH: pathWith(options.node) },
      timeout: SLOW_MS,
      maxBuffer: 64 * 2 ** 20,
    })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(
      `expected \`${program} ${args.join(' ')}\` in ${options.cwd} to do its work, but it failed:\n${stdout}${stderr}`,
      { cause: error },
    )
  }
}

/** A path on which `node` is the one that is asked for. */
export const pathWith = (node: string = process.execPath): string => `${dirname(node)}:${process.env.PATH ?? ''}`
