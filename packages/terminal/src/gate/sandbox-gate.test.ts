import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chainedLine } from '@scalpdesk/desk/journal'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../session/journal-digest.ts'
import { dayFiles } from '../session/journal-folder.ts'
import { journalTo, newHome, openGate, passed, putOnRecord, tradeRecords, tradesIn } from '../testing/sandbox.ts'
import { gateFile, gateHead, gateJournalFolder, readGateRecord } from './gate-record.ts'
import { lookAtGate, openBySentence } from './sandbox-gate.ts'

const journalOf = (folder: string) => join(folder, dayFiles(folder).at(-1) ?? '')

describe('live is locked', () => {
  it('with nothing done, and each thing that is missing is named with its command', () => {
    const status = lookAtGate(newHome())
    expect(status).toMatchObject({ isOpen: false, openedBy: null, problems: [] })
    expect(status.missing).toEqual([
      'the flatten drill: scalpdesk drill flatten',
      'the disconnect drill: scalpdesk drill disconnect',
      '20 more clean trades on the mock broker or demo: scalpdesk, or scalpdesk --env demo',
    ])
  })

  it('until the last clean trade', () => {
    const home = newHome()
    putOnRecord(home, passed('flatten'), passed('disconnect'))
    tradesIn(home, 12, 'mock')
    tradesIn(home, 7, 'demo')
    expect(lookAtGate(home)).toMatchObject({ isOpen: false, trades: { clean: 19 } })
    tradesIn(home, 1, 'mock', 100)
    expect(lookAtGate(home)).toMatchObject({ isOpen: true, openedBy: 'practice', trades: { clean: 20 } })
  })
})

describe('trades', () => {
  it('are counted once, however often one looks', () => {
    const home = newHome()
    tradesIn(home, 3)
    for (let times = 0; times < 3; times++) expect(lookAtGate(home).trades.clean).toBe(3)
    tradesIn(home, 2, 'mock', 10)
    expect(lookAtGate(home).trades.clean).toBe(5)
  })

  it('stay on record when their journal is put into the archive', () => {
    const home = newHome()
    tradesIn(home, 3)
    lookAtGate(home)
    rmSync(join(home, 'journal/mock'), { recursive: true })
    expect(lookAtGate(home).trades.clean).toBe(3)
  })

  it('of live and of drills count for nothing', () => {
    const home = newHome()
    for (const world of ['live', 'live-at-127-0-0-1', 'drill']) tradesIn(home, 5, world)
    expect(lookAtGate(home).trades.clean).toBe(0)
  })

  it('are not clean without a stop, with a stop that was missing for a while, or with an outcome that stayed unknown', () => {
    const home = newHome()
    const [open, filled, close, closed] = tradeRecords('A')
    const noStop = { kind: 'no-stop', atMs: 2, dealId: 'DEALA', epic: 'CS.D.EURUSD.CFD.IP' } as const
    const doubt = { kind: 'unresolved', atMs: 3, id: 'out-C', cause: 'no answer' } as const
    const c = tradeRecords('C')
    const gone = {
      kind: 'position-gone',
      atMs: 4,
      dealId: 'DEALC',
      epic: 'X',
      profit: null,
      profitCurrency: null,
    } as const
    journalTo(
      home,
      'mock',
      [open, filled, noStop, close, closed].filter(record => record !== undefined),
    )
    journalTo(home, 'mock', tradeRecords('B', null))
    journalTo(home, 'mock', [...c.slice(0, 3), doubt, gone])
    expect(lookAtGate(home).trades).toMatchObject({ clean: 0, spoiled: 3 })
  })

  it('that are still open, or in a part, are none yet', () => {
    const home = newHome()
    const [open, filled, close, closed] = tradeRecords('A')
    if (close?.kind !== 'about-to-close' || !open || !filled || !closed) throw new Error('expected a trade')
    journalTo(home, 'mock', [open, filled, { ...close, size: '0.5' }, closed])
    expect(lookAtGate(home).trades).toMatchObject({ clean: 0, spoiled: 0 })
  })

  it('closed by their stop are clean', () => {
    const home = newHome()
    const gone = {
      kind: 'position-gone',
      atMs: 4,
      dealId: 'DEALA',
      epic: 'X',
      profit: '-3',
      profitCurrency: 'EUR',
    } as const
    journalTo(home, 'mock', [...tradeRecords('A').slice(0, 2), gone])
    expect(lookAtGate(home).trades).toMatchObject({ clean: 1 })
  })
})

describe('editing files does not open it:', () => {
  it('a line that was written by hand', () => {
    const home = newHome()
    writeFileSync(gateFile(home), '{"kind":"opened","sentence":"let me in"}\n')
    const { isOpen, problems } = lookAtGate(home)
    expect(isOpen).toBe(false)
    expect(problems.join()).toMatch(/gate\.ndjson is not as it was written/)
  })

  it('a line with the right hash, of which the journal knows nothing', () => {
    const home = newHome()
    putOnRecord(home, passed('flatten'))
    const { line } = chainedLine({ kind: 'opened', atMs: 1 }, gateHead(home), { version: 1, wallMs: 0 }, sha256)
    const said = { kind: 'opened', atMs: 1, sentence: 'let me in', journal: { seq: 2, hash: 'x' } }
    const forged = chainedLine(said, gateHead(home), { version: 1, wallMs: 0 }, sha256)
    expect(line).not.toBe(forged.line)
    appendFileSync(gateFile(home), `${forged.line}\n`)
    const { isOpen, problems, drills } = lookAtGate(home)
    expect([isOpen, drills.flatten]).toEqual([false, true])
    expect(problems.join()).toMatch(/line 2 .* does not count: the journal of the drills knows nothing of it/)
  })

  it('a number of trades that was changed', () => {
    const home = newHome()
    tradesIn(home, 1)
    lookAtGate(home)
    const text = readFileSync(gateFile(home), 'utf8')
    writeFileSync(gateFile(home), text.replace('"clean":1', '"clean":99'))
    expect(lookAtGate(home)).toMatchObject({ isOpen: false, trades: { clean: 1 } })
  })

  it('a record of somebody else, put in the place of ours', () => {
    const [theirs, ours] = [newHome(), newHome()]
    openGate(theirs)
    expect(lookAtGate(theirs).isOpen).toBe(true)
    writeFileSync(gateFile(ours), readFileSync(gateFile(theirs)))
    putOnRecord(newHome(), passed('flatten'))
    expect(lookAtGate(ours)).toMatchObject({ isOpen: false, drills: { flatten: false } })
  })

  it('a journal that was changed: what it vouched for counts no longer', () => {
    const home = newHome()
    putOnRecord(home, passed('flatten'))
    const journal = journalOf(gateJournalFolder(home))
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('drill-passed', 'drill-passes'))
    const { drills, problems } = lookAtGate(home)
    expect(drills.flatten).toBe(false)
    expect(problems.join()).toMatch(/the gate's journal is not as it was written/)
  })

  it('trades that were written into a journal by hand', () => {
    const home = newHome()
    tradesIn(home, 1)
    const folder = join(home, 'journal/mock/ABC12')
    const lines = tradeRecords('Z').map(record => JSON.stringify({ v: 1, seq: 99, ...record, prev: 'x', hash: 'ab' }))
    appendFileSync(journalOf(folder), `${lines.join('\n')}\n`)
    const { trades, problems } = lookAtGate(home)
    expect(trades.clean).toBeLessThanOrEqual(1)
    expect(problems.join()).toMatch(/trades from there on do not count/)
  })
})

describe('the record', () => {
  it('takes a sentence in the place of practice, and the journal has it', () => {
    const home = newHome()
    openBySentence(home, 'I know what I do')
    expect(lookAtGate(home)).toMatchObject({ isOpen: true, openedBy: 'sentence' })
    expect(readFileSync(journalOf(gateJournalFolder(home)), 'utf8')).toMatch(
      /"kind":"gate".*"words":"I know what I do"/,
    )
  })

  it('begins anew beside one that was changed, which is kept', () => {
    const home = newHome()
    putOnRecord(home, passed('flatten'))
    appendFileSync(gateFile(home), 'more\n{"x":1}\n')
    putOnRecord(home, passed('disconnect'))
    const { facts, problems } = readGateRecord(home)
    expect([facts.length, problems]).toEqual([1, []])
  })

  it('is for its owner alone', async () => {
    const home = newHome()
    putOnRecord(home, passed('flatten'))
    const { statSync } = await import('node:fs')
    expect(statSync(gateFile(home)).mode & 0o077).toBe(0)
  })
})
