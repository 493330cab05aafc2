import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import { DRILLS, type DrillName } from '../gate/gate-fact.ts'
import { excerpt } from './flag-values.ts'
import { refuseIdleFlags } from './idle-flag.ts'
import { refuseExcess } from './misplaced.ts'

/** `gate` and `drill`. What they need is loaded when they run. */
export function gateCommands(
  program: Command,
  done: (status: number) => void,
  drill: (name: DrillName, color: boolean) => Promise<void>,
): void {
  const gate = program
    .command('gate')
    .description('say what is done and missing before live may be traded')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print the result as one JSON document')
    .allowExcessArguments()
    .action(async (_options, command: Command) => {
      refuseExcess(command, 'gate or gate open')
      refuseIdleFlags(program, 'gate', ['account'])
      const { runGate } = await import('./gate-command.ts')
      done(runGate(command.optsWithGlobals<{ readonly json?: boolean }>()))
    })
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk gate
      what is done and what is missing; status 0 when live is open, 5 when it is locked
  scalpdesk gate open
      opens live without practice, by a sentence that you type and that the journal keeps
`,
    )
  gate
    .command('open')
    .description('open live without practice, by a typed sentence')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
    .action(async () => {
      refuseIdleFlags(program, 'gate open', ['account', 'json'])
      const { runGateOpen } = await import('./gate-command.ts')
      done(await runGateOpen())
    })
  program
    .command('drill')
    .description('practise an emergency on the mock broker: flatten or disconnect')
    .helpOption('-h, --help', 'print this help')
    .argument('<name>', DRILLS.join(' or '))
    .allowExcessArguments(false)
    .action(async (given: string) => {
      const name = DRILLS.find(each => each === given)
      if (!name)
        throw new ExitError(
          EXIT.usage,
          `expected drill ${DRILLS.join(' or drill ')}, but got drill ${excerpt(given)}; see scalpdesk drill --help`,
        )
      refuseIdleFlags(program, 'drill', ['account', 'json'])
      await drill(name, program.getOptionValue('color') !== false)
    })
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk drill flatten
      close everything at once, while the answer to the close is lost
  scalpdesk drill disconnect
      get flat when the connection dies with a position open
`,
    )
}
