import { openTerminal, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { type RunningCommand, readyLine, startCommand } from '../testing/running-command.ts'
import { openDesk, PROGRAM } from '../testing/running-desk.ts'
import { leanLines, writeTickFile } from '../testing/tick-files.ts'

/** `scalpdesk mock` with all that drives it, as a program of its own. */

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DAX = 'IX.D.DAX.IFD.IP'
const open = closedAfterEach()

interface RunningMock {
  readonly command: RunningCommand
  readonly url: string
  readonly stream: string
}

async function mock(...args: readonly string[]): Promise<RunningMock> {
  const command = startCommand(['mock', ...args])
  open.push(command)
  const ready = JSON.parse(await readyLine(command)) as { url: string; stream: string }
  return { command, ...ready }
}

interface Shown {
  readonly epic: string
  readonly bid: string | null
  readonly state: string
  readonly timeMs: number
}

async function shown({ stream }: RunningMock, epic: string): Promise<Shown> {
  const { markets } = (await (await fetch(`${stream}/admin/state`)).json()) as { markets: readonly Shown[] }
  return markets.find(market => market.epic === epic)!
}

const still = leanLines([['1.39460', '1.39465']])
const moving = leanLines(Array.from({ length: 2_400 }, (_, index) => [`1.39${400 + (index % 99)}`, '1.39600'] as const))

describe('the mock command plays', () => {
  it('a file as the market that is named before it', async () => {
    const running = await mock('--replay', `${EURUSD}=${writeTickFile('day-20140508.csv', still)}`)
    expect(await shown(running, EURUSD)).toMatchObject({ bid: '1.39460', timeMs: Date.UTC(2014, 4, 8, 12, 30) })
  })

  it('a file mapped onto another market, and a second one beside it', async () => {
    const file = writeTickFile('eurusd-20140508.csv', still)
    const running = await mock('--replay', `${DAX}~${file}`, file)
    expect(await shown(running, DAX)).toMatchObject({ bid: '18499.5' })
    expect(await shown(running, EURUSD)).toMatchObject({ bid: '1.39460' })
  })

  it('from a time of day on', async () => {
    const running = await mock('--replay', writeTickFile('eurusd-20140508.csv', moving), '--from', '12:31')
    expect((await shown(running, EURUSD)).timeMs).toBeGreaterThanOrEqual(Date.UTC(2014, 4, 8, 12, 31))
  })

  it('at full speed to the end, and takes no more deals then', async () => {
    const running = await mock('--replay', writeTickFile('eurusd-20140508.csv', moving), '--speed', 'max')
    await waitFor('the end', () => running.command.stderr().includes('has ended'))
    expect(await shown(running, EURUSD)).toMatchObject({ state: 'EDITS_ONLY' })
  })

  it('again and again', async () => {
    const running = await mock('--replay', writeTickFile('eurusd-20140508.csv', moving), '--speed', 'max', '--loop')
    const times = new Set<number>()
    for (let asked = 0; asked < 20; asked++) times.add((await shown(running, EURUSD)).timeMs)
    expect(times.size).toBeGreaterThan(1)
    expect(running.command.stderr()).toBe('')
    expect(await shown(running, EURUSD)).toMatchObject({ state: 'TRADEABLE' })
  })

  it('a silence as a closed market, as long as it is told', async () => {
    const holed = writeTickFile('eurusd-20140508.csv', '27000000,1.39460,1.39465\n27180000,1.39560,1.39565\n')
    expect(await shown(await mock('--replay', holed), EURUSD)).toMatchObject({ state: 'TRADEABLE' })
    expect(await shown(await mock('--replay', holed, '--gap', '2'), EURUSD)).toMatchObject({ state: 'EDITS_ONLY' })
  })

  it('the market that the seed decides', async () => {
    const bids = await Promise.all(
      ['7', '7', '8'].map(async seed => (await shown(await mock('--seed', seed), DAX)).bid),
    )
    expect(bids[0]).toBe(bids[1])
    expect(bids[0]).not.toBe(bids[2])
  })
})

describe('the mock command takes', () => {
  it('a file of faults, and lets them happen to a client', async () => {
    const faults = writeTickFile(
      'faults.json',
      '[{ "fault": "rejectNext", "args": ["ORDER_DECLINED"], "match": "open" }]',
    )
    const { url } = await mock('--faults', faults)
    const desk = openDesk({ env: { SCALPDESK_URL: url } })
    open.push(desk)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.type('b')
    await desk.waitForScreen(/REJECTED/)
  })

  it('IG’s allowances, or none', async () => {
    const statuses = async (...args: readonly string[]) => {
      const { url } = await mock(...args)
      const headers = { 'X-IG-API-KEY': 'mock-api-key', Version: '2' }
      const signIn = () =>
        fetch(`${url}/session`, { method: 'POST', headers, body: '{"identifier":"mock","password":"mock"}' })
      const answers = await Promise.all(Array.from({ length: 80 }, signIn))
      for (const answer of answers) await answer.arrayBuffer()
      return new Set(answers.map(({ status }) => status))
    }
    expect(await statuses('--allowances', 'off')).toEqual(new Set([200]))
    expect(await statuses('--allowances', 'ig')).toEqual(new Set([200, 403]))
  })

  it('a wish for the items that IG has retired, or none', async () => {
    const answerTo = async (...args: readonly string[]) => {
      const { url, stream } = await mock(...args)
      const headers = { 'X-IG-API-KEY': 'mock-api-key', Version: '2' }
      const credentials = '{"identifier":"mock","password":"mock"}'
      const signedIn = await fetch(`${url}/session`, { method: 'POST', headers, body: credentials })
      const password = `CST-${signedIn.headers.get('CST')}|XST-${signedIn.headers.get('X-SECURITY-TOKEN')}`
      const ask = async (name: string, fields: Readonly<Record<string, string>>) => {
        const body = new URLSearchParams(fields)
        const path = `${stream}/lightstreamer/${name}.txt?LS_protocol=TLCP-2.4.0`
        return (await fetch(path, { method: 'POST', body })).text()
      }
      const user = {
        LS_cid: 'mock',
        LS_user: 'MOCK1',
        LS_password: password,
        LS_polling: 'true',
        LS_polling_millis: '0',
      }
      const [, id = ''] = (await ask('create_session', user)).split(',')
      const item = { LS_reqId: '1', LS_op: 'add', LS_subId: '1', LS_mode: 'MERGE', LS_schema: 'BID' }
      return ask('control', { ...item, LS_session: id, LS_group: `MARKET:${EURUSD}` })
    }
    expect(await answerTo('--legacy-items')).toMatch(/^REQOK,1/)
    expect(await answerTo()).toMatch(/^REQERR,1,/)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 0],
  ] as const)('%s while a tape plays: it ends with %i and has said nothing more', async (signal, status) => {
    const running = await mock('--replay', writeTickFile('eurusd-20140508.csv', moving), '--loop')
    running.command.kill(signal)
    expect(await running.command.ended).toMatchObject({ status, stderr: '' })
  })
})

it('the screen takes the same flags for the broker inside', async () => {
  const faults = writeTickFile(
    'faults.json',
    '[{ "fault": "rejectNext", "args": ["ORDER_DECLINED"], "match": "open" }]',
  )
  const replay = `${EURUSD}=${writeTickFile('day-20140508.csv', moving)}`
  const desk = openDesk({ args: ['--replay', replay, '--faults', faults, '--allowances', 'off', '--gap', '5'] })
  open.push(desk)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  desk.type('b')
  await desk.waitForScreen(/REJECTED/)
})

describe('progress', () => {
  const file = writeTickFile('eurusd-20140508.csv', moving)

  it('is shown on a terminal while a tape plays, and gone when the broker ends', async () => {
    const terminal = openTerminal({
      command: process.execPath,
      args: [PROGRAM, 'mock', '--replay', file],
      env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
      columns: 120,
    })
    await waitFor('the line', () =>
      /eurusd-20140508\.csv: 2014-05-08 12:3\d:\d\d UTC, \d+ %, speed 1, 1 market/.test(terminal.raw()),
    )
    terminal.kill('SIGTERM')
    expect(await terminal.exited).toEqual({ code: 0, signal: null })
    expect(terminal.raw()).toMatch(/\r\x1b\[K$/)
  })

  it('is not in a pipe', async () => {
    const running = await mock('--replay', file, '--strict')
    await shown(running, EURUSD)
    expect(running.command.stderr()).toBe('')
  })
})
