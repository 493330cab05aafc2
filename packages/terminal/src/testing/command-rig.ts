import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MockBroker, type MockBrokerOptions, startMockBroker } from '@scalpdesk/mock-broker'
import { type KeptRecord, recordsBelow } from './kept-records.ts'
import type { ManyRuns } from './many-runs.ts'
import { type EndedCommand, type RunningCommand, startCommand } from './running-command.ts'

export interface CommandRig {
  readonly broker: MockBroker
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  start(args: string, env?: Readonly<Record<string, string>>): RunningCommand
  run(args: string, env?: Readonly<Record<string, string>>): Promise<EndedCommand>
  /** What it printed with `--json`. */
  json(args: string): Promise<{ readonly status: number | null; readonly document: unknown }>
  /** What was asked to change positions and working orders, such as `POST /positions/otc`. */
  dealt(): readonly string[]
  /** Records of the journal so far. */
  journal(): readonly KeptRecord[]
  settings(value: object): void
}

/**
 * The real program, run as scripts run it, on a mock broker that counts what arrives.
 * @param runs where what is run to its end shares a process with other runs; each has its own unless given
 */
export async function commandRig(
  open: AsyncDisposable[],
  runs: Pick<ManyRuns, 'run'> | null = null,
  options: MockBrokerOptions = { seed: 7 },
): Promise<CommandRig> {
  const broker = await startMockBroker(options)
  open.push(broker)
  const home = mkdtempSync(join(tmpdir(), 'commands-'))
  open.push({ [Symbol.asyncDispose]: async () => rmSync(home, { recursive: true, force: true }) })
  const env = { HOME: home, SCALPDESK_HOME: home, SCALPDESK_URL: broker.url, SCALPDESK_KEYCHAIN: 'off' }
  const wordsOf = (args: string): readonly string[] => args.split(' ').filter(word => word !== '')
  function start(args: string, more: Readonly<Record<string, string>> = {}): RunningCommand {
    const command = startCommand(wordsOf(args), { ...env, ...more })
    open.push(command)
    return command
  }
  const run: CommandRig['run'] = (args, more) =>
    runs === null ? start(args, more).ended : runs.run(wordsOf(args), { ...env, ...more })
  return {
    broker,
    home,
    env,
    start,
    run,
    async json(args) {
      const { status, stdout } = await run(`${args} --json`)
      if (!/^[^\n]+\n$/.test(stdout)) throw new Error(`expected one line of JSON, but got ${JSON.stringify(stdout)}`)
      return { status, document: JSON.parse(stdout) }
    },
    dealt: () => broker.dealingRequests().map(({ method, path }) => `${method} ${path.replace(/\/D[A-Z0-9]+$/, '/…')}`),
    journal: () => recordsBelow(join(home, 'journal')),
    settings: value => writeFileSync(join(home, 'settings.json'), JSON.stringify(value), { mode: 0o600 }),
  }
}

export const EURUSD = 'CS.D.EURUSD.CFD.IP'
