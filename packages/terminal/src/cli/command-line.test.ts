import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { afterScreen, expectRestored } from '../testing/after-screen.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { type HeldServer, startHeldServer } from '../testing/held-server.ts'
import { type EndedCommand, readyLine, startCommand } from '../testing/running-command.ts'
import { type DeskOptions, openDesk, type RunningDesk } from '../testing/running-desk.ts'

/** The command line as a contract, and the moments before the desk is ready; on the real program. */

const open = closedAfterEach()

async function run(args: readonly string[]): Promise<EndedCommand> {
  const command = startCommand(args)
  open.push(command)
  return command.ended
}

function desk(options: DeskOptions): RunningDesk {
  const running = openDesk(options)
  open.push(running)
  return running
}

async function heldServer(): Promise<HeldServer> {
  const server = await startHeldServer()
  open.push(server)
  return server
}

async function broker(): Promise<MockBroker> {
  const started = await startMockBroker({ seed: 7 })
  open.push(started)
  return started
}

describe('while it is still starting', () => {
  async function startingDesk(): Promise<RunningDesk> {
    const { port, called } = await heldServer()
    const starting = desk(elsewhere(`http://127.0.0.1:${port}/gateway/deal`))
    await called
    return starting
  }

  it.each([
    ['Ctrl-C', (starting: RunningDesk) => starting.type('\x03'), 130],
    ['Ctrl-C of the kitty protocol', (starting: RunningDesk) => starting.type('\x1b[99;5u'), 130],
    ['SIGINT', (starting: RunningDesk) => starting.kill('SIGINT'), 130],
    ['SIGTERM', (starting: RunningDesk) => starting.kill('SIGTERM'), 143],
    ['q', (starting: RunningDesk) => starting.type('q'), 0],
  ] as const)('%s ends it and leaves the terminal as it was', async (_what, end, code) => {
    const starting = await startingDesk()
    end(starting)
    expect(await starting.exited).toEqual({ code, signal: null })
    expect(afterScreen(starting)).toBe('')
    await expectRestored(starting)
  })

  it('an order key sends nothing, not even when the desk is ready', async () => {
    const server = await heldServer()
    const started = await broker()
    const { url, stream } = started
    const starting = desk({ kitty: true, ...elsewhere(url.replace(stream, `http://127.0.0.1:${server.port}`)) })
    await server.called
    starting.type('\x1b[98u\x1b[98;1:3u')
    server.letThrough(Number(new URL(stream).port))
    await starting.waitForScreen(/READY[\s\S]*Right Ctrl/)
    expect(started.orders()).toEqual([])
    expect(starting.journal()).not.toContainEqual(expect.objectContaining({ kind: 'denied' }))
  })
})

describe('the mock command', () => {
  it.each([
    ['SIGTERM', 0],
    ['SIGINT', 130],
  ] as const)('prints one line when it is ready, serves, and ends on %s with %i', async (signal, status) => {
    const command = startCommand(['mock'])
    open.push(command)
    const line = await readyLine(command)
    const ready = JSON.parse(line) as { url: string; stream: string }
    const address = /^http:\/\/127\.0\.0\.1:\d+$/
    expect(ready.stream).toMatch(address)
    expect(line).toBe(
      `{"ready":true,"url":"${ready.stream}/gateway/deal","stream":"${ready.stream}","apiKey":"mock-api-key","username":"mock","password":"mock","accountId":"MOCK1"}\n`,
    )
    const trading = desk(elsewhere(ready.url))
    await trading.waitForScreen('READY')
    command.kill(signal)
    expect(await command.ended).toEqual({ status, stdout: line, stderr: '' })
  })
})

describe('help and version', () => {
  it.each([['--help'], ['-h'], ['help'], ['help mock'], ['mock --help'], ['--loop --help']])(
    '%s prints the help and ends with 0',
    async args => {
      const ended = await run(args.split(' '))
      expect(ended).toMatchObject({ status: 0, stderr: '' })
      expect(ended.stdout).toMatch(/^Usage: scalpdesk /)
    },
  )

  it.each(['--version', '-V'])('%s prints the version of the package and ends with 0', async flag => {
    expect(await run([flag])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  it('is printed on a terminal without a screen of its own', async () => {
    const asked = desk({ args: ['--help'] })
    expect(await asked.exited).toEqual({ code: 0, signal: null })
    expect(asked.raw()).toMatch(/^Usage: scalpdesk /)
  })
})

function elsewhere(url: string): { env: Record<string, string> } {
  return { env: { SCALPDESK_URL: url } }
}
