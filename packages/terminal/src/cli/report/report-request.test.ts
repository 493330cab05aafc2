import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { EXIT, ExitError } from '../../exit-status.ts'
import { type ReportFlags, reportRequest } from './report-request.ts'

type Flags = ReportFlags & { readonly json?: boolean; readonly account?: string }
const request = (flags: Flags) => reportRequest({ env: null, ...flags })

it.each<[Flags, object]>([
  [{}, { span: { kind: 'day', day: null }, format: 'table', everyMs: null, isEveryAccount: false }],
  [
    { json: true, account: 'all' },
    { format: 'json', isEveryAccount: true },
  ],
  [{ week: true, date: '2026-01-05' }, { span: { kind: 'week', day: '2026-01-05' } }],
  [{ month: true }, { span: { kind: 'month', day: null } }],
  [{ from: '2026-01-05' }, { span: { kind: 'range', from: '2026-01-05', to: null } }],
  [{ watch: true }, { format: 'html', everyMs: 30_000 }],
  [
    { watch: true, every: 5, format: 'json' },
    { format: 'json', everyMs: 5_000 },
  ],
  [
    { whatIf: 'stop=5, target=none,size=0.5,daily-stop=100' },
    { whatIf: { stopPoints: new Decimal(5), limitPoints: null, size: new Decimal('0.5'), dayLoss: new Decimal(100) } },
  ],
])('%j is what was asked for', (flags, wanted) => {
  expect(request(flags)).toMatchObject(wanted)
})

it.each<[Flags, RegExp]>([
  [{ date: '2026-02-30' }, /expected --date to be a day such as 2026-01-05, but got 2026-02-30/],
  [{ date: '1999-12-31' }, /expected --date to be a day/],
  [{ to: '2026-01-05' }, /expected --from beside --to/],
  [{ from: '2026-01-06', to: '2026-01-05' }, /expected --from before --to/],
  [{ from: '2026-01-06', week: true }, /expected --from or --week, but got both/],
  [{ week: true, month: true }, /expected --week or --month, but got both/],
  [{ json: true, format: 'md' }, /expected --json or --format md, but got both/],
  [{ offline: true, reread: true }, /expected --reread or --offline, but got both/],
  [{ watch: true, format: 'table' }, /expected a file to keep current/],
  [{ watch: true, out: '-' }, /expected a file to keep current/],
  [{ every: 5 }, /--every is about --watch/],
  [{ format: 'csv', out: '-' }, /as CSV is several files, but got -; name a folder/],
  [{ whatIf: 'stop=0' }, /expected --what-if to be changes such as stop=5/],
  [{ whatIf: 'size=none' }, /but got size=none/],
  [{ whatIf: 'stop=5,stop=6' }, /but got stop=6/],
  [{ whatIf: '' }, /but got nothing/],
  [{ whatIf: '__proto__=5' }, /but got __proto__=5/],
])('%j is refused in one sentence', (flags, words) => {
  let refusal: unknown = null
  try {
    request(flags)
  } catch (error) {
    refusal = error
  }
  expect(refusal).toBeInstanceOf(ExitError)
  expect(refusal).toMatchObject({ status: EXIT.usage, message: expect.stringMatching(words) })
})
