import { type Command, Option } from 'commander'
import { REPORT_FORMATS } from '../report/report-formats.ts'
import type { CommonOptions } from './command-context.ts'
import { choice, file, files, wholeNumber } from './flag-values.ts'
import { refuseIdleFlags } from './idle-flag.ts'
import { ownCommand } from './own-command.ts'
import { remarkCommands } from './remark-commands.ts'
import type { ImportOptions } from './report/import-transactions.ts'
import type { ReportFlags } from './report/report-request.ts'
import type { VerifyOptions } from './report/verify-days.ts'

/** `report`, `report verify`, `report import`, `report note` and `report tag`: what happened on an account, and none of it changes anything there. @param done takes the exit status */
export function reportCommands(program: Command, done: (status: number) => void): void {
  const report = ownCommand<ReportFlags & CommonOptions>(
    program,
    'report',
    {
      description: 'say what happened on a day or several, every cent explained: from the broker, the journal, or both',
      examples: [
        ['scalpdesk report', 'today, on the terminal'],
        ['scalpdesk report --week --format html', 'this week as a page in ~/.scalpdesk/reports; prints where'],
        [
          'scalpdesk report --from 2026-01-01 --to 2026-12-31 --format csv --out year',
          'a year as CSV files in the folder year',
        ],
        ['scalpdesk report --date 2026-01-05 --offline --json', 'from journal and store alone, for scripts'],
        [
          'scalpdesk report --what-if stop=5,target=10',
          'and what another stop and target would have brought, on recorded prices',
        ],
        ['scalpdesk report --watch', "keeps the day's page current, until Ctrl-C"],
      ],
      takes: ['from'],
      run: async (_words, options) => (await import('./report/run-report.ts')).runReport(options),
    },
    done,
  )
    .option('--date <day>', "a day of the account's own calendar, such as 2026-01-05 (default: today)")
    .option('--from <day>', 'the first of several days; without --to until today')
    .option('--to <day>', 'the last of several days')
    .option('--week', 'the week, Monday to Sunday, that has today or the day of --date in it')
    .option('--month', 'the month that has today or the day of --date in it')
    .addOption(
      new Option('--format <name>', `what it looks like: ${REPORT_FORMATS.join(', ')} (default: table)`).argParser(
        choice('--format', REPORT_FORMATS),
      ),
    )
    .option(
      '--out <file>',
      'where it is written, of csv and of several accounts a folder; - is the output',
      fileOrOutput,
    )
    .option('--watch', 'keep a file current until Ctrl-C (default: the page of today)')
    .option('--every <seconds>', 'with --watch: how often to look (default 30)', wholeNumber('--every', 1, 86_400))
    .option('--offline', 'from the journal and what was read before; the broker is not asked')
    .option('--reread', 'read every day from the broker again, also those that were read for good')
    .option(
      '--ticks <file...>',
      'tapes with the prices of these days (default: all in ~/.scalpdesk/tapes)',
      files('--ticks'),
    )
    .option(
      '--what-if <changes>',
      'the trades once more with stop=5, target=10, size=2, daily-stop=100, parted by commas; none takes one away',
    )
  ownCommand<VerifyOptions & CommonOptions>(
    report,
    'verify',
    {
      description:
        "check the journal's chain over the days: which record is changed, missing, repeated or out of order",
      examples: [
        ['scalpdesk report verify', 'all days of the account; status 1 when a record is wrong'],
        ['scalpdesk report verify --from 2026-01-01 --json', 'from a day on, for scripts'],
      ],
      takes: ['from'],
      run: async (_words, options) => {
        refuseIdleFlags(report, 'report verify', OF_REPORT)
        return (await import('./report/verify-days.ts')).runVerify(options)
      },
    },
    done,
  )
    .option('--from <day>', 'the first day')
    .option('--to <day>', 'the last day')
  ownCommand<ImportOptions & CommonOptions>(
    report,
    'import <file...>',
    {
      description: "take in IG's own CSV download of transactions, for days that IG's history does not reach any more",
      examples: [
        [
          'scalpdesk --env live report import TransactionHistory.csv --account ABC12',
          'the rows that are new; none twice',
        ],
      ],
      run: async (paths, options) => {
        refuseIdleFlags(report, 'report import', ['to', ...OF_REPORT])
        return (await import('./report/import-transactions.ts')).runImport(paths, options)
      },
    },
    done,
  ).option('--currency <code>', 'of the account, where nothing is known of it yet, such as EUR')
  const idle = ['from', 'to', ...OF_REPORT.filter(flag => flag !== 'date')]
  remarkCommands(report, idle, done)
}

/** Flags that `report` takes and its other commands do not: they are read wherever they stand. */
const OF_REPORT = [
  'date',
  'week',
  'month',
  'format',
  'out',
  'watch',
  'every',
  'offline',
  'reread',
  'ticks',
  'whatIf',
] as const

const fileOrOutput = (text: string): string => (text === '-' ? text : file('--out')(text))
