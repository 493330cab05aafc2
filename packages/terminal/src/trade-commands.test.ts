import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OUTCOME, type OutcomeDocument } from './documents/documents.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { type CommandRig, commandRig, EURUSD } from './testing/command-rig.ts'
import { sharedRuns } from './testing/many-runs.ts'
import { type EndedCommand, readyLine } from './testing/running-command.ts'
import { openDesk, PROGRAM } from './testing/running-desk.ts'

const open = closedAfterEach()

/** What is run to its end shares one process. */
const runs = sharedRuns()

/** @returns the outcome, held to its schema */
async function outcome(rig: CommandRig, args: string): Promise<OutcomeDocument & { readonly status: number | null }> {
  const { status, document } = await rig.json(args)
  return { ...OUTCOME.parse(document), status }
}

describe('each trading command, on a mock broker that counts', () => {
  it('buys with the legs that are said, writes down that a command did, and sends one order', async () => {
    const rig = await commandRig(open, runs)
    const bought = await outcome(rig, `buy ${EURUSD} --size 2 --stop 20 --limit 40`)
    expect(bought).toMatchObject({ status: 0, outcome: 'done', account: 'MOCK1', desk: null, denial: null })
    expect(bought.orders).toMatchObject([{ action: 'open', direction: 'BUY', size: '2', state: 'done' }])
    expect(bought.words).toMatch(/^FILLED: BOUGHT 2 EUR\/USD at [\d.]+( \(\w+ (by )?[\d.]+ points\))?, stop [\d.]+$/)
    expect(rig.dealt()).toEqual(['POST /positions/otc'])
    expect(rig.broker.dealingRequests()[0]?.body).toMatchObject({ size: 2, stopDistance: 20, limitDistance: 40 })
    const announced = rig.journal().filter(({ kind }) => kind === 'about-to-open')
    expect(announced).toMatchObject([{ by: 'command', preset: null, stopPoints: '20', limitPoints: '40' }])
    expect(rig.journal().at(-1)).toMatchObject({ kind: 'stopped', reason: 'the command ended' })
  })

  it('carries the stop of the preset when none is said, and none only when told so', async () => {
    const rig = await commandRig(open, runs)
    expect(await rig.run(`buy ${EURUSD}`)).toMatchObject({ status: 0 })
    expect(await rig.run(`sell ${EURUSD} --no-stop`)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/NO STOP/),
    })
    const [first, second] = rig.broker.dealingRequests()
    expect(first?.body).toMatchObject({ stopDistance: 15 })
    expect(second?.body).not.toMatchObject({ stopDistance: expect.anything() })
  })

  it('takes size, stop and limits of the settings', async () => {
    const rig = await commandRig(open, runs)
    const preset = { name: 'scalp', sizes: { 1: 3 }, stop: { points: 9 }, limit: 12 }
    rig.settings({ markets: [{ epic: EURUSD, presets: [preset] }], guard: { everyMarket: { maxOrderSize: 3 } } })
    expect(await rig.run(`buy ${EURUSD}`)).toMatchObject({ status: 0 })
    expect(rig.broker.dealingRequests()[0]?.body).toMatchObject({ size: 3, stopDistance: 9, limitDistance: 12 })
    const denied = await outcome(rig, `buy ${EURUSD} --size 4`)
    expect(denied).toMatchObject({ status: 5, outcome: 'denied', denial: { code: 'order-size' }, orders: [] })
    expect(rig.dealt()).toHaveLength(1)
  })

  it('moves stops, closes a part and the rest', async () => {
    const rig = await commandRig(open, runs)
    const bought = await outcome(rig, `buy ${EURUSD} --size 2 --stop 20`)
    const dealId = bought.orders[0]?.dealId ?? ''
    expect(await outcome(rig, `stop ${dealId} --points 30`)).toMatchObject({ status: 0, outcome: 'done' })
    expect(await outcome(rig, `stop ${dealId} --trailing 25:5`)).toMatchObject({ status: 0 })
    const half = await outcome(rig, `close ${dealId} --size 1`)
    expect(half).toMatchObject({ status: 0, orders: [{ action: 'close', direction: 'SELL', size: '1', dealId }] })
    expect(await outcome(rig, `close ${dealId}`)).toMatchObject({ status: 0, orders: [{ size: '1' }] })
    expect(rig.broker.positions()).toEqual([])
    expect(await outcome(rig, `close ${dealId}`)).toMatchObject({ status: 1, outcome: 'nothing', orders: [] })
  })

  it('places, amends and cancels working orders', async () => {
    const rig = await commandRig(open, runs)
    const placed = await outcome(rig, `order place buy ${EURUSD} --level 1.0 --size 1 --stop 15`)
    expect(placed).toMatchObject({ status: 0, outcome: 'done', orders: [{ action: 'place', level: '1' }] })
    const [resting] = rig.broker.workingOrders()
    const first = placed.orders[0]?.dealId ?? JSON.stringify(resting)
    const amended = await outcome(rig, `order amend ${first} --level 1.01`)
    expect(amended).toMatchObject({ status: 0, orders: [{ action: 'cancel' }, { action: 'place', level: '1.01' }] })
    const second = amended.orders[1]?.dealId ?? ''
    expect(await outcome(rig, `order cancel ${second}`)).toMatchObject({ status: 0, orders: [{ action: 'cancel' }] })
    expect(rig.broker.workingOrders()).toEqual([])
    expect(await outcome(rig, `order cancel ${second}`)).toMatchObject({ status: 1, outcome: 'nothing' })
    expect(await outcome(rig, `order amend ${second} --level 1`)).toMatchObject({ status: 1, outcome: 'nothing' })
  })

  it('flattens until the broker reports nothing, one market or all', async () => {
    const rig = await commandRig(open, runs)
    await rig.run(`buy ${EURUSD}`)
    await rig.run(`order place buy ${EURUSD} --level 1.0`)
    expect(await outcome(rig, 'flatten --epic IX.D.DAX.IFD.IP')).toMatchObject({ status: 0, orders: [] })
    expect(rig.broker.positions()).toHaveLength(1)
    const flat = await outcome(rig, 'flatten')
    expect(flat).toMatchObject({ status: 0, outcome: 'done', words: expect.stringMatching(/FLAT/) })
    expect([rig.broker.positions(), rig.broker.workingOrders()]).toEqual([[], []])
  })
})

describe('what goes wrong has a status of its own', () => {
  it('4: rejected by the broker, with its reason', async () => {
    const rig = await commandRig(open, runs)
    rig.broker.faults.rejectNext('INSUFFICIENT_FUNDS')
    const rejected = await outcome(rig, `buy ${EURUSD}`)
    expect(rejected).toMatchObject({ status: 4, outcome: 'rejected', orders: [{ state: 'rejected' }] })
    expect(rejected.words).toMatch(/REJECTED/)
    expect(rig.dealt()).toHaveLength(1)
  })

  it('5: denied by our guard, and nothing was sent', async () => {
    const rig = await commandRig(open, runs)
    const denied = await outcome(rig, `buy ${EURUSD} --stop 0.1`)
    expect(denied).toMatchObject({ status: 5, outcome: 'denied', denial: { code: 'preset' } })
    expect(rig.dealt()).toEqual([])
  })

  it('5: a closed market', async () => {
    const rig = await commandRig(open, runs)
    rig.broker.faults.closeMarket(EURUSD)
    expect(await outcome(rig, `buy ${EURUSD}`)).toMatchObject({ status: 5, denial: { code: 'market-closed' } })
  })

  it.each(['loseReply', 'gatewayTimeoutAfterAccept', 'emptyBody', 'htmlBody', 'confirmLost'] as const)(
    'an answer that is lost by %s: one order, found out and told as it is',
    async fault => {
      const rig = await commandRig(open, runs)
      rig.broker.faults[fault]('open')
      const bought = await outcome(rig, `buy ${EURUSD} --size 1`)
      expect(bought).toMatchObject({ status: 0, outcome: 'done', orders: [{ state: 'done' }] })
      expect(rig.dealt()).toEqual(['POST /positions/otc'])
      expect(rig.broker.positions()).toHaveLength(1)
    },
  )

  it('130: Ctrl-C during an order says what was sent and what is not known, and the journal keeps it open', async () => {
    const rig = await commandRig(open, runs)
    rig.broker.faults.slowReply(20_000, 'open')
    rig.broker.faults.confirmLate(20_000, 'open')
    const command = rig.start(`buy ${EURUSD} --size 1`)
    await expect.poll(() => rig.dealt().length, { timeout: 60_000 }).toBe(1)
    command.kill('SIGINT')
    const { status, stderr } = await command.ended
    expect(status).toBe(130)
    expect(stderr).toMatch(/interrupted; sent: open BUY 1 CS\.D\.EURUSD\.CFD\.IP as SD[\w-]+: its outcome is not known/)
    const kinds = rig.journal().map(({ kind }) => kind)
    expect(kinds.filter(kind => kind === 'about-to-open')).toHaveLength(1)
    expect(kinds.at(-1)).toBe('stopped')
    const journal = await rig.run(`journal verify ${rig.home}/journal/mock/MOCK1/${dayFile(rig)}`)
    expect(journal).toMatchObject({ status: 0, stderr: '' })
  })

  it('130: Ctrl-C between two requests of a command says what became of the first', async () => {
    const rig = await commandRig(open, runs)
    const placed = await outcome(rig, `order place buy ${EURUSD} --level 1 --size 1 --stop 15`)
    // Asked before the desk places anything anew.
    rig.broker.faults.slowReply(20_000, `/markets/${EURUSD}`)
    const command = rig.start(`order amend ${placed.orders[0]?.dealId} --level 1.01`)
    const ended = () => rig.journal().filter(({ kind }) => kind === 'done').length
    await expect.poll(ended, { timeout: 15_000 }).toBe(2)
    command.kill('SIGINT')
    const { status, stderr } = await command.ended
    expect(status).toBe(130)
    expect(stderr).toMatch(/interrupted; sent: cancel CS\.D\.EURUSD\.CFD\.IP as SD[\w-]+\.1: done\n/)
    expect([rig.dealt().length, rig.broker.workingOrders().length]).toEqual([2, 0])
  })

  it('130: Ctrl-C before anything was sent says so', async () => {
    const rig = await commandRig(open, runs)
    rig.broker.faults.slowReply(10_000, '/session')
    const command = rig.start(`buy ${EURUSD}`)
    await expect.poll(() => rig.broker.requests().length, { timeout: 60_000 }).toBeGreaterThan(0)
    command.kill('SIGINT')
    expect(await command.ended).toMatchObject({
      status: 130,
      stderr: expect.stringMatching(/interrupted; nothing was sent/),
    })
    expect(rig.dealt()).toEqual([])
  })

  it('6: the desk that was asked is killed during the order, which the next one finds out', async () => {
    const rig = await commandRig(open, runs)
    const guard = rig.start('guard --stay-armed --json')
    await readyLine(guard)
    rig.broker.faults.slowReply(20_000, 'open')
    rig.broker.faults.confirmLate(20_000, 'open')
    const command = rig.start(`buy ${EURUSD} --size 1`)
    await expect.poll(() => rig.dealt().length, { timeout: 60_000 }).toBe(1)
    guard.kill('SIGKILL')
    const { status, stdout, stderr } = await command.ended
    expect([status, stdout]).toEqual([6, ''])
    expect(stderr).toMatch(/process \d+\) has ended, and whether it sent the order is not known.*scalpdesk positions/)
    expect(await rig.run('flatten')).toMatchObject({ status: 0, stdout: expect.stringMatching(/FLAT/) })
    expect(rig.broker.positions()).toEqual([])
    expect(rig.dealt().filter(request => request.startsWith('POST'))).toHaveLength(1)
  })

  it('a session that expires in the middle of a command: signed in again, and one order', async () => {
    const rig = await commandRig(open, runs)
    rig.broker.faults.plan({ fault: 'expireToken', match: '/markets', when: { onRequest: 1 } })
    expect(await outcome(rig, `buy ${EURUSD} --size 1`)).toMatchObject({ status: 0, outcome: 'done' })
    expect(rig.dealt()).toHaveLength(1)
    // The order itself is never repeated, not even after a sign-in.
    rig.broker.faults.plan({ fault: 'expireToken', match: '/positions/otc', when: { onRequest: 1 } })
    const refused = await outcome(rig, `buy ${EURUSD} --size 1`)
    expect(refused).toMatchObject({ status: 4, words: expect.stringMatching(/REJECTED.*client-token-invalid/) })
    expect([rig.dealt().length, rig.broker.positions().length]).toEqual([2, 1])
  })

  it('a disk without room: no entry without a record, and exits go on', async () => {
    const rig = await commandRig(open, runs)
    expect(await outcome(rig, `buy ${EURUSD} --size 1`)).toMatchObject({ status: 0 })
    const entry = await onFullDisk(rig, `buy ${EURUSD} --size 1`)
    expect(entry).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/EFBIG.*Nothing was sent/) })
    const exit = await onFullDisk(rig, 'flatten')
    expect(exit).toMatchObject({ status: 0, stdout: expect.stringMatching(/FLAT/) })
    expect(exit.stderr).toMatch(/the journal cannot be written \(.*EFBIG.*\): this goes on without a record/)
    expect(rig.broker.positions()).toEqual([])
    expect(rig.dealt()).toEqual(['POST /positions/otc', 'DELETE /positions/otc'])
  })

  it.each([
    [`buy ${EURUSD} --size 0`, /--size.*above 0.*got 0/],
    [`buy ${EURUSD} --size NaN`, /--size.*got NaN/],
    [`buy ${EURUSD} --size=-1`, /--size.*got -1/],
    [`buy ${EURUSD} --stop 1e3`, /--stop.*got 1e3/],
    [`buy ${EURUSD} --trailing 20`, /--trailing.*20:5/],
    [`buy ${EURUSD} --trailing 20:x`, /--trailing.*got x/],
    [`buy ${EURUSD} --trailing 20:5 --stop 3`, /one kind of stop/],
    [`buy ${EURUSD} --guaranteed`, /--guaranteed with --stop/],
    ['buy CS.D.NOPE.CFD.IP', /none called CS\.D\.NOPE/],
    [`buy ${EURUSD} extra`, /buy takes no extra/],
    ['buy', /missing required argument/],
    ['close not/a/deal', /DEALID.*got not\/a\/deal/],
    ['stop DIAAAA1', /one of --level, --points.*got none/],
    ['stop DIAAAA1 --breakeven --points 3', /got several/],
    ['stop DIAAAA1 --level 0', /--level.*got 0/],
    ['flatten --epic A.B --epic C.D', /one --epic at most/],
    ['order', /expected order place, amend or cancel/],
    ['order fly', /got order fly/],
    [`order place up ${EURUSD} --level 1`, /buy or sell.*got up/],
    [`order place buy ${EURUSD}`, /--level/],
    [`order place buy ${EURUSD} --level 1 --type odd`, /--type.*got odd/],
    [`order place buy ${EURUSD} --level 1 --until noon`, /--until.*got noon/],
    [`order place buy ${EURUSD} --level 1 --until 2020-01-01T00:00Z`, /still to come/],
    ['order amend DIAAAA1', /what shall change/],
    [`buy ${EURUSD} --confirm-live MOCK1:${EURUSD}`, /--confirm-live with --env live, but this is mock/],
  ])('2: %s', async (args, sentence) => {
    const rig = await commandRig(open, runs)
    const ended = await rig.run(args)
    expect(ended).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(/^scalpdesk: [^\n]+\n$/) })
    expect(ended.stderr).toMatch(sentence)
    expect(rig.dealt()).toEqual([])
  })
})

function dayFile(rig: CommandRig): string {
  const opened = rig.journal().find(({ kind }) => kind === 'file-opened')
  return `${String(opened?.day)}.ndjson`
}

it('places nothing in the place of an order that may have filled instead of being cancelled', async () => {
  const rig = await commandRig(open)
  rig.broker.pause()
  rig.broker.injectTick(EURUSD, '1.10000', '1.10006')
  const placed = await outcome(rig, `order place buy ${EURUSD} --level 1.09 --size 1 --stop 15`)
  rig.broker.faults.errorWithNullCode('/workingorders/otc/')
  const amending = rig.start(`order amend ${placed.orders[0]?.dealId} --level 1.08 --json`)
  await expect.poll(() => rig.dealt().length, { timeout: 60_000 }).toBe(2)
  rig.broker.injectTick(EURUSD, '1.08990', '1.08996')
  const { status, stdout } = await amending.ended
  expect([status, JSON.parse(stdout)]).toMatchObject([
    6,
    { outcome: 'unknown', orders: [{ action: 'cancel', state: 'unknown' }] },
  ])
  expect([rig.broker.positions().length, rig.broker.workingOrders().length]).toEqual([1, 0])
})

it('sends nothing after it has said that nothing was sent, even while somebody who uses its desk does not let go', async () => {
  const rig = await commandRig(open)
  rig.broker.faults.slowReply(4_000, '/positions')
  const command = rig.start(`buy ${EURUSD} --size 1`)
  const path = join(rig.home, 'run/mock-MOCK1.sock')
  await expect.poll(() => existsSync(path), { timeout: 60_000 }).toBe(true)
  const guest = connect({ path, allowHalfOpen: true })
  guest.on('error', () => {})
  guest.write('{"kind":"hello","scalpdesk":1}\n')
  await once(guest, 'data')
  await expect
    .poll(() => rig.broker.requests().some(({ path: asked }) => asked.endsWith('/positions')), { timeout: 60_000 })
    .toBe(true)
  command.kill('SIGINT')
  await expect
    .poll(() => command.stderr() !== '' || rig.dealt().length > 0, { timeout: 8_000 })
    .toBe(true)
    .catch(() => {})
  const ended = await command.ended
  guest.destroy()
  expect(rig.dealt()).toEqual([])
  expect(ended).toMatchObject({ status: 130, stderr: expect.stringMatching(/interrupted; nothing was sent/) })
})

it('buys at no price that the broker has not moved for longer than the guard lets one be', async () => {
  const rig = await commandRig(open)
  rig.broker.pause()
  // Its heartbeats say that time goes on; its prices do not move.
  rig.broker.faults.clockJump(12_000)
  expect(await outcome(rig, `buy ${EURUSD} --size 1`)).toMatchObject({
    outcome: 'denied',
    denial: { code: 'stale-price' },
  })
  expect(rig.dealt()).toEqual([])
})

it('carries the preset of the settings also through a screen that does not trade the market yet', async () => {
  const rig = await commandRig(open)
  const dax = 'IX.D.DAX.IFD.IP'
  const preset = (size: number) => ({ name: 'scalp', sizes: { 1: size }, stop: { points: 30 } })
  rig.settings({
    markets: [
      { epic: EURUSD, presets: [preset(1)] },
      { epic: dax, presets: [preset(3)] },
    ],
  })
  const screen = openDesk({ home: rig.home, env: rig.env, args: ['--epic', EURUSD] })
  open.push(screen)
  await screen.waitForScreen(/FLAT/)
  expect(await outcome(rig, `buy ${dax}`)).toMatchObject({ status: 0, outcome: 'done' })
  expect(rig.broker.dealingRequests()[0]?.body).toMatchObject({ size: 3, stopDistance: 30 })
})

/** No file of the program grows: what has been written may be read, and no byte more is taken. */
function onFullDisk(rig: CommandRig, args: string): Promise<EndedCommand> {
  const program = spawn(
    'sh',
    ['-c', 'trap "" XFSZ; ulimit -f 0; exec "$@"', 'sh', process.execPath, PROGRAM, ...args.split(' ')],
    { env: { ...rig.env, PATH: process.env.PATH ?? '' } },
  )
  let [stdout, stderr] = ['', '']
  program.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  program.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  return new Promise(resolve => program.once('close', status => resolve({ status, stdout, stderr })))
}
