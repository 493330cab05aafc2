import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { describe, expect, it } from 'vitest'
import { OUTCOME, type OutcomeDocument } from './documents/documents.ts'
import { openJournal } from './session/journal-file.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { type CommandRig, commandRig, EURUSD } from './testing/command-rig.ts'
import { sharedRuns } from './testing/many-runs.ts'
import { openDesk } from './testing/running-desk.ts'

/** Commands, screens and the one desk that they share. */

const open = closedAfterEach()

/** What is run to its end shares one process. */
const runs = sharedRuns()

/** @returns the outcome, held to its schema */
async function outcome(rig: CommandRig, args: string): Promise<OutcomeDocument & { readonly status: number | null }> {
  const { status, document } = await rig.json(args)
  return { ...OUTCOME.parse(document), status }
}

describe('one desk for an account', () => {
  it('commands that start together take turns or share one desk: each sends its one order', async () => {
    const rig = await commandRig(open, runs)
    rig.settings({ guard: { duplicateWindowMs: 0 } })
    const ended = await Promise.all(['buy', 'sell', 'buy'].map(side => rig.start(`${side} ${EURUSD} --size 1`).ended))
    // One that is pressed while another of its market is under way is denied, as a key is; one whose desk ends before it presses asks
    // the next desk, or becomes it.
    const done = ended.filter(({ status }) => status === 0).length
    expect(done + ended.filter(({ status }) => status === 5).length).toBe(ended.length)
    expect(rig.dealt()).toHaveLength(done)
    expect(done).toBeGreaterThan(0)
  })

  it('with the screen open, commands go through its desk, guard and journal', async () => {
    const rig = await commandRig(open, runs)
    const screen = openDesk({ home: rig.home, env: rig.env })
    open.push(screen)
    await screen.waitForScreen(/FLAT/)
    const bought = await outcome(rig, `buy ${EURUSD} --size 1 --stop 20`)
    expect(bought).toMatchObject({ status: 0, outcome: 'done', orders: [{ state: 'done' }] })
    expect(bought.desk).toBeGreaterThan(0)
    await screen.waitForScreen(/BOUGHT 1 EUR\/USD/)
    expect(rig.dealt()).toEqual(['POST /positions/otc'])
    // A market that the screen does not trade yet.
    expect(await outcome(rig, 'sell IX.D.DAX.IFD.IP --size 1')).toMatchObject({ status: 0, desk: bought.desk })
    expect(await outcome(rig, 'flatten')).toMatchObject({ status: 0, outcome: 'done', desk: bought.desk })
    await screen.waitForScreen(/FLAT/)
    expect(rig.broker.positions()).toEqual([])
    const announced = rig.journal().filter(({ kind }) => kind === 'about-to-open')
    expect(announced).toMatchObject([{ by: 'command' }, { by: 'command' }])
    // Disarmed on the screen is disarmed for commands.
    screen.type('a')
    await screen.waitForScreen(/DISARMED/)
    expect(await outcome(rig, `buy ${EURUSD}`)).toMatchObject({ status: 5, denial: { code: 'not-armed' } })
  })

  it('uses the mock broker inside a screen that runs', async () => {
    const rig = await commandRig(open, runs)
    const inside = { SCALPDESK_URL: '' }
    const screen = openDesk({ home: rig.home, env: { SCALPDESK_KEYCHAIN: 'off' } })
    open.push(screen)
    await screen.waitForScreen(/FLAT/)
    expect(await rig.run(`buy ${EURUSD}`, inside)).toMatchObject({ status: 0, stdout: expect.stringMatching(/FILLED/) })
    expect(await rig.run('positions', inside)).toMatchObject({ status: 0, stdout: expect.stringMatching(/BUY/) })
    expect(await rig.run('flatten', inside)).toMatchObject({ status: 0, stdout: expect.stringMatching(/FLAT/) })
    expect(rig.dealt()).toEqual([])
  })

  it('says who holds the journal when that one does not answer, and sends nothing', async () => {
    const rig = await commandRig(open, runs)
    await rig.run('flatten')
    const holder = openJournal(join(rig.home, 'journal/mock/MOCK1'), { nowMs: () => 0 })
    const ended = await rig.run(`buy ${EURUSD}`)
    holder.close()
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(`process ${process.pid}.*nobody listens at .*Nothing was sent`))
    expect(rig.dealt()).toEqual([])
  })

  it('refuses the desk of another broker of the same account name', async () => {
    const rig = await commandRig(open, runs)
    const other = await startMockBroker({ seed: 8 })
    open.push(other)
    const screen = openDesk({ home: rig.home, env: { ...rig.env, SCALPDESK_URL: other.url } })
    open.push(screen)
    await screen.waitForScreen(/FLAT/)
    const ended = await rig.run(`buy ${EURUSD}`)
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/expected a desk that trades at .*nothing was sent/)
    expect([rig.dealt(), other.dealingRequests()]).toEqual([[], []])
  })

  it('a home that cannot be written: nothing is sent, and it says what to do', async () => {
    const rig = await commandRig(open, runs)
    const ended = await rig.run(`buy ${EURUSD}`, { SCALPDESK_HOME: '/sys/scalpdesk' })
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/expected to write the journal.*SCALPDESK_HOME.*[Nn]othing was sent/)
    expect(rig.dealt()).toEqual([])
  })
})
