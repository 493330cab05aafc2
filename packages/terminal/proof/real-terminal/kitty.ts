import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { waitFor } from '@scalpdesk/testkit'
import { type Pixels, readFramebuffer } from './framebuffer.ts'

/** A real terminal, kitty, on a display that nobody sees (Xvfb), pressed by synthetic key events (xdotool). */
export interface RealTerminal extends AsyncDisposable {
  /** As a person reads it: the text of the window, its rows joined by line feeds. */
  screen(): Promise<string>
  /** Resolves with the screen once it shows this. */
  waitForScreen(wanted: RegExp, limitMs?: number): Promise<string>
  /** The keys go down in this order, and up again in the opposite one. */
  press(...keys: readonly RealKey[]): void
  /** Goes down and stays: the keyboard begins to repeat it. */
  hold(key: RealKey): void
  letGo(key: RealKey): void
  pixels(): Pixels
  /** Null while the program runs. */
  exitStatus(): number | null
}

/**
 * Keycodes of a PC keyboard under X (evdev): a key's name would press the left one of two keys as well.
 */
export const REAL_KEYS = {
  leftCtrl: 37,
  rightCtrl: 105,
  space: 65,
  b: 56,
  s: 39,
  c: 54,
  q: 24,
  a: 38,
  left: 113,
  right: 114,
  down: 116,
} as const
export type RealKey = keyof typeof REAL_KEYS

export interface RealTerminalOptions {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly width: number
  readonly height: number
  readonly fontSize: number
}

const PROGRAMS = ['kitty', 'Xvfb', 'xdotool'] as const

/** The programs that are missing here; none: a real terminal can be opened. */
export function missingPrograms(path: string): readonly string[] {
  return PROGRAMS.filter(name => !path.split(delimiter).some(folder => existsSync(join(folder, name))))
}

export async function openKitty(options: RealTerminalOptions): Promise<RealTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'real-terminal-'))
  const { server, display } = await startDisplay(folder, options)
  const socket = `unix:${join(folder, 'kitty')}`
  const env = {
    ...options.env,
    DISPLAY: display,
    XDG_RUNTIME_DIR: folder,
    HOME: folder,
    // Without a graphics card.
    LIBGL_ALWAYS_SOFTWARE: '1',
  }
  const kitty = spawn('kitty', kittyArguments(options, socket), { cwd: options.cwd, env, stdio: 'ignore' })
  const xdotool = (...args: readonly string[]) => execFileSync('xdotool', args, { env, stdio: 'ignore' })
  const code = (key: RealKey) => String(REAL_KEYS[key])
  // Asked without waiting: a broker in this process has to go on meanwhile.
  async function screen(): Promise<string> {
    try {
      const asked = ['@', '--to', socket, 'get-text', '--extent', 'screen']
      return (await promisify(execFile)('kitty', asked, { env, encoding: 'utf8' })).stdout
    } catch {
      // Not there yet, or not any more.
      return ''
    }
  }
  return {
    screen,
    async waitForScreen(wanted, limitMs = 30_000) {
      const start = performance.now()
      for (;;) {
        const text = await screen()
        if (wanted.test(text)) return text
        if (performance.now() - start > limitMs)
          throw new Error(`expected kitty to show ${wanted} within ${limitMs} ms, but it shows:\n${text}`)
        // Asking is a process of its own each time.
        await pause(100)
      }
    },
    press(...keys) {
      for (const key of keys) xdotool('keydown', code(key))
      for (const key of keys.toReversed()) xdotool('keyup', code(key))
    },
    hold: key => xdotool('keydown', code(key)),
    letGo: key => xdotool('keyup', code(key)),
    pixels: () => readFramebuffer(readFileSync(join(folder, 'Xvfb_screen0'))),
    exitStatus: () => kitty.exitCode,
    async [Symbol.asyncDispose]() {
      await ended(kitty)
      await ended(server)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  program.once('exit', () => resolve())
  program.kill('SIGKILL')
  await promise
}

function kittyArguments({ command, width, height, fontSize }: RealTerminalOptions, socket: string): readonly string[] {
  const settings = [
    'remember_window_size=no',
    `initial_window_width=${width}`,
    `initial_window_height=${height}`,
    `font_size=${fontSize}`,
    'font_family=DejaVu Sans Mono',
    'hide_window_decorations=yes',
    'confirm_os_window_close=0',
    'update_check_interval=0',
    'allow_remote_control=socket-only',
    'cursor_blink_interval=0',
    'close_on_child_death=yes',
  ]
  return ['--config=NONE', ...settings.flatMap(setting => ['-o', setting]), '--listen-on', socket, ...command]
}

/** Takes the first display number that is free. */
async function startDisplay(
  folder: string,
  { width, height }: RealTerminalOptions,
): Promise<{ readonly server: ChildProcess; readonly display: string }> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-fbdir', folder, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  let told = ''
  server.stdio[3]?.on('data', (bytes: Buffer) => {
    told += bytes.toString()
  })
  const number = await waitFor('the number of the display', () => /^(\d+)\n/.exec(told)?.[1])
  return { server, display: `:${number}` }
}
