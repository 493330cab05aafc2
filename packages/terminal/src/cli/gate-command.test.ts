import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gateJournalFolder } from '../gate/gate-record.ts'
import { dayFiles } from '../session/journal-folder.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { shaped } from '../testing/json-shape.ts'
import { startCommand } from '../testing/running-command.ts'
import { newHome, openGate, passed, putOnRecord, tradesIn } from '../testing/sandbox.ts'
import { type TypedCommand, typeCommand } from '../testing/signing-in.ts'
import { OPENING_SENTENCE } from './gate-command.ts'

/** `gate` as a process. */

const open = closedAfterEach()

function run(args: string, home: string) {
  const command = startCommand(args.split(' '), { HOME: home, SCALPDESK_HOME: home })
  open.push(command)
  return command.ended
}

function type(args: string, home: string): TypedCommand {
  const command = typeCommand(args.split(' '), { HOME: home, SCALPDESK_HOME: home })
  open.push(command)
  return command
}

it('says what is done and missing, and by its status that live is locked', async () => {
  const home = newHome()
  putOnRecord(home, passed('flatten'))
  tradesIn(home, 3)
  const { status, stdout } = await run('gate', home)
  expect(status).toBe(5)
  expect(stdout).toBe(
    `live:              locked
flatten drill:     done
disconnect drill:  missing
clean trades:      3 of 20
to do:             the disconnect drill: scalpdesk drill disconnect
to do:             17 more clean trades on the mock broker or demo: scalpdesk, or scalpdesk --env demo
`,
  )
  const json = await run('gate --json', home)
  expect(shaped('gate', json.stdout)).toMatchObject({ isOpen: false, trades: { clean: 3 } })
})

it('says that live is open', async () => {
  const home = newHome()
  openGate(home)
  const { status, stdout } = await run('gate --json', home)
  expect(status).toBe(0)
  expect(shaped('gate', stdout)).toMatchObject({ isOpen: true, openedBy: 'practice', missing: [] })
})

describe('gate open', () => {
  it('takes the sentence of a person, which the journal keeps', async () => {
    const home = newHome()
    const command = type('gate open', home)
    await command.waitForScreen(/without the drills[\s\S]*to open it all the same:/)
    command.type(`${OPENING_SENTENCE}\r`)
    await command.waitForScreen(/Live is open\.[\s\S]*status 0/)
    const folder = gateJournalFolder(home)
    const journal = readFileSync(join(folder, dayFiles(folder)[0] ?? ''), 'utf8')
    expect(journal).toContain(`"words":"${OPENING_SENTENCE}"`)
    expect((await run('gate', home)).stdout).toMatch(/^live: +open, by a typed sentence/)
  })

  it.each([
    ['another one', 'i trade real money without practice'],
    ['nothing', ''],
    ['yes', 'y'],
  ])('stays locked after %s', async (_what, typed) => {
    const home = newHome()
    const command = type('gate open', home)
    await command.waitForScreen(/to open it all the same:/)
    command.type(`${typed}\r`)
    await command.waitForScreen(/stays locked[\s\S]*status 5/)
    expect((await run('gate --json', home)).status).toBe(5)
  })

  it('is refused in a pipe, whatever is in it', async () => {
    const home = newHome()
    const command = startCommand(['gate', 'open'], { HOME: home, SCALPDESK_HOME: home }, `${OPENING_SENTENCE}\n`)
    open.push(command)
    expect(await command.ended).toMatchObject({ status: 2, stdout: '' })
    expect((await run('gate', home)).status).toBe(5)
  })
})

it.each([
  ['gate shut', /gate or gate open, but got gate shut/],
  ['drill', /missing required argument/],
  ['drill nap', /expected drill flatten or drill disconnect, but got drill nap/],
  ['drill flatten', /needs a terminal/],
])('%s is refused with status 2', async (args, words) => {
  const { status, stderr } = await run(args, newHome())
  expect(status).toBe(2)
  expect(stderr).toMatch(words)
})
