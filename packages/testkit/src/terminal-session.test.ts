import { describe, expect, it, onTestFinished } from 'vitest'
import { openTerminal, type TerminalSession } from './terminal-session.ts'

function run(script: string, options: { kitty?: boolean } = {}): TerminalSession {
  const terminal = openTerminal({ command: process.execPath, args: ['-e', script], columns: 40, rows: 10, ...options })
  onTestFinished(() => terminal.kill())
  return terminal
}

const ECHO_KEYS = `
  process.stdin.setRawMode(true)
  process.stdin.on('data', keys => process.stdout.write('[' + JSON.stringify(keys.toString()) + ']'))
  process.stdout.write('ready')
`

describe('a program on a pseudo-terminal', () => {
  it('is seen as a person sees it, not as it wrote', async () => {
    const terminal = run(`process.stdout.write('F\\b \\b\\x1b[3;5Hhere\\x1b[31m   ')`)
    await terminal.exited
    expect(terminal.screen()).toBe('\n\n    here')
    expect(terminal.raw()).toContain('F\b')
  })

  it('gets the keys that are typed', async () => {
    const terminal = run(ECHO_KEYS)
    await terminal.waitForScreen('ready')
    terminal.type('b\x1b')
    await terminal.waitForScreen('["b\\u001b"]')
  })

  it('is told of another size', async () => {
    const terminal = run(
      `process.stdout.on('resize', () => console.log(process.stdout.columns)); setInterval(() => {}, 1e6); console.log('ready')`,
    )
    await terminal.waitForScreen('ready')
    terminal.resize(50, 12)
    await terminal.waitForScreen(/^50$/m)
  })

  it('may use the alternate screen and hide the cursor', async () => {
    const terminal = run(`process.stdout.write('\\x1b[?1049h\\x1b[?25lthere'); setInterval(() => {}, 1e6)`)
    await terminal.waitForScreen('there')
    expect([terminal.isAlternateScreen, terminal.isCursorVisible]).toEqual([true, false])
  })

  it('ends with its status, or with the signal that ended it', async () => {
    expect(await run('process.exitCode = 3').exited).toEqual({ code: 3, signal: null })
    const terminal = run(`setInterval(() => {}, 1e6); console.log('ready')`)
    await terminal.waitForScreen('ready')
    terminal.kill('SIGTERM')
    expect((await terminal.exited).signal).toBe(15)
  })

  it('that never shows what is awaited is shown in the error', async () => {
    await expect(run(`console.log('something else')`).waitForScreen('FLAT')).rejects.toThrow(
      /expected the screen to show FLAT, but .* has ended and it shows:\nsomething else/,
    )
  })
})

describe('the terminal’s own answers', () => {
  it.each([
    [false, /\["\\u001b\[\?1;2c"\]/],
    [true, /\["\\u001b\[\?0u\\u001b\[\?1;2c"\]|\["\\u001b\[\?0u"\]\["\\u001b\[\?1;2c"\]/],
  ])('with kitty %s', async (kitty, answers) => {
    const terminal = run(`${ECHO_KEYS}; process.stdout.write('\\x1b[?u\\x1b[c')`, { kitty })
    const screen = await terminal.waitForScreen(text => text.replaceAll('\n', '').includes('1;2c"]'))
    expect(screen.replaceAll('\n', '')).toMatch(answers)
  })
})
