import type { Command } from 'commander'
import type { CommonOptions } from './command-context.ts'
import { refuseIdleFlags } from './idle-flag.ts'
import { ownCommand } from './own-command.ts'
import type { RemarkOptions } from './report/write-remark.ts'

/** `report note` and `report tag`. @param idle flags of `report` that are of no use here; @param done takes the exit status */
export function remarkCommands(report: Command, idle: readonly string[], done: (status: number) => void): void {
  type Options = RemarkOptions & CommonOptions
  ownCommand<Options>(
    report,
    'note [deal-or-day] [words...]',
    {
      description: 'write a note about a trade or a day, which every report of it shows; without words, list them',
      examples: [
        ['scalpdesk report note DIAAAABC1 "in before the number again"', 'about the trade that the deal belongs to'],
        ['scalpdesk report note today "slept badly, half size"', 'about a whole day, or 2026-01-05'],
        ['scalpdesk report note DIAAAABC1 --remove 3', 'takes back the note that is listed as 3'],
      ],
      run: async (words, options) => {
        refuseIdleFlags(report, 'report note', idle)
        return (await import('./report/write-remark.ts')).writeRemark('note', words, options)
      },
    },
    done,
  ).option('--remove <number>', 'take back the note of this number')
  ownCommand<Options>(
    report,
    'tag [deal] [tags...]',
    {
      description: 'tag a trade, so that reports count its kind apart; without tags, list them',
      examples: [
        ['scalpdesk report tag DIAAAABC1 fomo,late', 'two tags, for the trade that the deal belongs to'],
        ['scalpdesk report tag DIAAAABC1 --date 2026-01-05 "a+ setup"', 'a trade from more than a month ago'],
        ['scalpdesk report tag DIAAAABC1 --remove late', 'takes a tag away'],
      ],
      run: async (words, options) => {
        refuseIdleFlags(report, 'report tag', idle)
        return (await import('./report/write-remark.ts')).writeRemark('tag', words, options)
      },
    },
    done,
  ).option('--remove <tags>', 'take these tags away, parted by commas')
}
