import type { Command } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import type { Rotation } from '../recording/rotation.ts'
import { excerpt, file, misused, moment } from './flag-values.ts'
import { refuseIdleFlags } from './idle-flag.ts'
import { refuseIdleTape } from './mock-settings.ts'
import type { RecordOptions } from './record-command.ts'
import type { ReplayOptions } from './replay-command.ts'

export interface TapeActions {
  record(options: RecordOptions): Promise<void>
  replay(options: ReplayOptions): Promise<void>
}

/** `record EPIC… --out FILE` */
export function recordCommand(program: Command, actions: Pick<TapeActions, 'record'>): void {
  program
    .command('record')
    .description('write what markets and the account do to a tape, until Ctrl-C')
    .helpOption('-h, --help', 'print this help')
    .argument('<epic...>', 'the markets, each once')
    .requiredOption('--out <file>', 'the tape; one that is there is gone on with, never overwritten', file('--out'))
    .option(
      '--rotate <when>',
      'begin a new file each UTC day (day), or before one is larger than 64MB; also both',
      rotation,
    )
    .option('--json', 'print what was written as one line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  scalpdesk record CS.D.EURUSD.CFD.IP --out eurusd.tape
  scalpdesk record CS.D.EURUSD.CFD.IP IX.D.DAX.IFD.IP --out both.tape --rotate day --rotate 64MB
  scalpdesk replay eurusd.tape`,
    )
    .action((epics: readonly string[], _options, command: Command) => {
      refuseIdleFlags(program, 'record', ['epic', 'size', 'stop', 'limit', 'account'])
      const twice = epics.find((epic, index) => epics.indexOf(epic) !== index)
      if (twice !== undefined) throw misused('EPIC', 'a market that is named once', twice, 'leave one out')
      refuseIdleTape(command.optsWithGlobals<RecordOptions>())
      return actions.record({ ...command.optsWithGlobals<Omit<RecordOptions, 'epics'>>(), epics: [...epics] })
    })
}

/** `replay FILE`, `replay SESSION --check` */
export function replayCommand(program: Command, actions: Pick<TapeActions, 'replay'>): void {
  program
    .command('replay')
    .description('the trading screen on a tape; or whether a session comes out the same again')
    .helpOption('-h, --help', 'print this help')
    .argument('<file>', 'a tape; with --check, the folder of a session', file('FILE'))
    .option('--check', 'run the keys of a session again, and compare its journal and orders byte by byte')
    .option(
      '--keep <folder>',
      'where the session is kept (default: a new folder in $SCALPDESK_HOME/replays)',
      file('--keep'),
    )
    .option('--until <time>', 'go on to HH:MM or HH:MM:SS, UTC, as fast as can be, then at --speed', moment('--until'))
    .option('--json', 'with --check: print the verdict as one line of JSON')
    .addHelpText(
      'after',
      `
Keys beside those of the screen: F5 pauses and goes on, F6 plays the next tick, F7 and F8 halve and double the speed,
F9 goes on by a minute, F4 back by one: all up to then is run again, what was done since is not, and another session
is kept beside the first.

Examples:
  scalpdesk replay eurusd.tape --speed 10 --from 09:30
  scalpdesk replay eurusd.tape --faults faults.json --seed 7 --keep friday
  scalpdesk replay friday --check`,
    )
    .action((path: string, _options, command: Command) => {
      refuseIdleFlags(program, 'replay', ['account'])
      const options = command.optsWithGlobals<Omit<ReplayOptions, 'file'>>()
      if (program.getOptionValueSource('replay') !== undefined) throw idle('--replay', 'the file is an argument')
      if (options.json && !options.check) throw idle('--json', 'it is about --check')
      if (options.check) {
        const given = program.options
          .filter(one => !['speed', 'json'].includes(one.attributeName()))
          .find(one => program.getOptionValueSource(one.attributeName()) === 'cli')
        if (given) throw idle(given.long ?? given.flags, 'a session says itself how it was played')
      }
      return actions.replay({ ...options, file: path })
    })
}

function idle(flag: string, why: string): ExitError {
  return new ExitError(
    EXIT.usage,
    `${flag} would do nothing here: ${why}; leave it out, or see scalpdesk replay --help`,
  )
}

/** `day`, or a size such as `64MB`. */
function rotation(text: string, earlier: Rotation = { daily: false, mostBytes: null }): Rotation {
  if (text === 'day') return { ...earlier, daily: true }
  const [, digits, unit] = /^(\d{1,6})(kB|MB|GB)$/i.exec(text) ?? []
  const bytes = Number(digits) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN)
  if (bytes >= LEAST_BYTES) return { ...earlier, mostBytes: bytes }
  throw misused('--rotate', 'day, or a size from 1kB such as 64MB', excerpt(text))
}

const UNITS: Readonly<Record<string, number>> = { kb: 1_000, mb: 1_000_000, gb: 1_000_000_000 }
const LEAST_BYTES = 1_000
