import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { openJournal } from './session/journal-file.ts'
import { journalFolder } from './session/journal-folder.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { DAX, type DeskOnBroker, deskOnBroker, EURUSD, GOLD } from './testing/desk-on-broker.ts'
import { announced } from './testing/journal-fixtures.ts'
import { type DeskOptions, openDesk, PROGRAM } from './testing/running-desk.ts'

/** What keys do that send no order, and what a session keeps and says; on the real program. */

const open = closedAfterEach()

const started = (options?: DeskOptions): Promise<DeskOnBroker> => deskOnBroker({ open }, options)

describe('arming', () => {
  it('a takes entries away and gives them back; closing works all the time', async () => {
    const { desk, dealt, seen } = await started({ kitty: true })
    const press = (code: number) => desk.type(`\x1b[${code}u\x1b[${code};1:3u`)
    press('b'.charCodeAt(0))
    await seen('FILLED: BOUGHT')
    press('a'.charCodeAt(0))
    await seen('DISARMED: entries are refused')
    press('s'.charCodeAt(0))
    await seen('DENIED SELL: the desk is disarmed')
    press('c'.charCodeAt(0))
    await seen('CLOSED: BUY 1')
    press('a'.charCodeAt(0))
    await seen('ARMED: entries are sent')
    press('s'.charCodeAt(0))
    await seen('FILLED: SOLD')
    expect(dealt()).toEqual(['POST /positions/otc', 'DELETE /positions/otc', 'POST /positions/otc'])
  })

  it('a lost focus takes entries away where the settings say so, and its return gives nothing back', async () => {
    const { desk, dealt, seen } = await started({ settings: { version: 1, keys: { disarmOnFocusLoss: true } } })
    desk.type('\x1b[O')
    await seen('the window lost the focus')
    desk.type('\x1b[I')
    desk.type('b')
    await seen(/DENIED BUY: the desk is disarmed|came with the focus/)
    desk.type('s')
    await seen('DENIED SELL: the desk is disarmed')
    expect(dealt()).toEqual([])
  })

  it('L locks the day after a yes, for entries only', async () => {
    const { desk, broker, dealt, seen } = await started()
    desk.type('b')
    await seen('FILLED: BOUGHT')
    desk.type('L')
    await seen('Lock the day?')
    desk.type('n')
    await seen('left as it was')
    desk.type('L')
    await seen('Lock the day?')
    desk.type('y')
    await seen('DAY LOCKED')
    desk.type('s')
    await seen('DENIED SELL: the day is locked')
    desk.type(' ')
    await seen('FLAT: the broker')
    expect(broker.positions()).toHaveLength(0)
    expect(dealt()).toEqual(['POST /positions/otc', 'DELETE /positions/otc'])
  })
})

describe('markets', () => {
  const two: DeskOptions = { args: ['--epic', EURUSD, '--epic', DAX] }

  it('Tab looks at the next market, whose entries it gets', async () => {
    const { desk, broker, seen } = await started(two)
    broker.injectTick(DAX, '18500.0', '18501.2')
    desk.type('\t')
    await seen('MARKET Germany 40')
    desk.type('s')
    await seen('FILLED: SOLD 1 Germany 40')
    expect(broker.positions().map(({ market }) => market.epic)).toEqual([DAX])
  })

  it('an entry in the same read as the switch is for neither market, and the next one is for the new one', async () => {
    const { desk, broker, dealt, seen } = await started(two)
    broker.injectTick(DAX, '18500.0', '18501.2')
    desk.type('\tb')
    await seen('NOT SENT: Germany 40 was not on the screen yet')
    expect(dealt()).toEqual([])
    desk.type('s')
    await seen('FILLED: SOLD 1 Germany 40')
  })

  it('finds a market by its name while letters trade nothing, shows its rules, and trades it', async () => {
    const { desk, broker, dealt, seen } = await started()
    desk.type('/')
    await seen('type a name')
    for (const letter of 'gold') desk.type(letter)
    await desk.waitForScreen(/Gold.*size from/)
    expect(dealt()).toEqual([])
    desk.type('\r')
    await seen('MARKET Spot Gold')
    broker.injectTick(GOLD, '2000.10', '2000.40')
    await seen('2000.40')
    desk.type('b')
    await seen('FILLED: BOUGHT 1 Spot Gold')
    expect(broker.positions().map(({ market }) => market.epic)).toEqual([GOLD])
    expect(desk.journal().map(({ kind }) => kind)).toContain('market-traded')
  })

  it('closes everything from the middle of a name, by a chord', async () => {
    const { desk, broker, seen } = await started()
    desk.type('b')
    await seen('FILLED: BOUGHT')
    desk.type('/')
    await seen('type a name')
    desk.type('bs')
    desk.type('\0')
    await waitFor('nothing open at the broker', () => broker.positions().length === 0)
    expect(broker.orders().filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})

describe('looking', () => {
  it('? shows the keys; an entry key only closes them, an exit closes positions', async () => {
    const { desk, broker, dealt, seen } = await started()
    desk.type('b')
    await seen('FILLED: BOUGHT')
    desk.type('?')
    await seen(/accept the unknown|KEYS/)
    desk.type('s')
    await seen(/BUY\s+1/)
    expect(dealt()).toEqual(['POST /positions/otc'])
    desk.type('?')
    desk.type(' ')
    await waitFor('nothing open at the broker', () => broker.positions().length === 0)
  })

  it('remembers market, layout, time frame, size and what was picked for the next session', async () => {
    const first = await started()
    for (const key of ['m', 'w', '/']) {
      first.desk.type(key)
      await first.seen(key === 'm' ? 'TIME FRAME 5s' : key === 'w' ? 'LAYOUT price' : 'type a name')
    }
    for (const letter of 'gold') first.desk.type(letter)
    await first.desk.waitForScreen(/Gold.*size from/)
    first.desk.type('\r')
    await first.seen('MARKET Spot Gold')
    first.desk.type('q')
    await first.desk.exited
    const kept = JSON.parse(readFileSync(join(first.desk.home, 'screen.json'), 'utf8'))
    expect(kept).toMatchObject({ layout: 'price', timeFrame: '5s', market: GOLD, recent: [{ epic: GOLD }] })
    const again = openDesk({ home: first.desk.home, env: { SCALPDESK_URL: first.broker.url } })
    open.push(again)
    await again.waitForScreen(/Spot Gold/)
  })

  it('begins anew with a broken memory, and says so', async () => {
    const home = mkdtempSync(join(tmpdir(), 'scalpdesk-'))
    writeFileSync(join(home, 'screen.json'), '{ "layout": ')
    const { desk } = await started({ home })
    desk.type('q')
    await desk.exited
    expect(desk.screen()).toMatch(/screen\.json could not be read/)
  })
})

describe('an order of an earlier run that nobody could settle', () => {
  /** A journal that says so, of the account at the mock broker. */
  function homeWithUnknown(): string {
    const home = mkdtempSync(join(tmpdir(), 'scalpdesk-'))
    const journal = openJournal(journalFolder(home, 'mock', 'MOCK1'), systemClock)
    journal.append(announced('SD-UNKNOWN-1'))
    journal.append({ kind: 'unresolved', atMs: 13, id: 'SD-UNKNOWN-1', cause: 'no answer for a minute' })
    journal.close()
    return home
  }

  it('shuts its market until Y and y accept it as it is', async () => {
    const home = homeWithUnknown()
    const { startMockBroker } = await import('@scalpdesk/mock-broker')
    const broker = await startMockBroker({ seed: 7 })
    open.push(broker)
    const desk = openDesk({ home, env: { SCALPDESK_URL: broker.url } })
    open.push(desk)
    await desk.waitForScreen('UNKNOWN')
    await desk.waitForScreen(/\d\.\d s/)
    desk.type('b')
    await desk.waitForScreen('DENIED BUY: an earlier order could not be settled')
    desk.type('Y')
    await desk.waitForScreen(/Accept as unknown: BUY 1 EUR\/USD \(SD-UNKNOWN-1\)/)
    desk.type('y')
    await desk.waitForScreen('ACCEPTED as unknown')
    await desk.waitForScreen('FLAT')
    desk.type('s')
    await desk.waitForScreen('FILLED: SOLD')
    expect(broker.orders()).toHaveLength(1)
  })
})

describe('when the screen cannot be drawn', () => {
  /** The program with a painter that dies at once. */
  function brokenProgram(): string {
    const folder = mkdtempSync(join(tmpdir(), 'scalpdesk-dist-'))
    cpSync(dirname(PROGRAM), folder, { recursive: true })
    writeFileSync(join(folder, 'painter.js'), "throw new Error('no paint')\n")
    return join(folder, 'scalpdesk.js')
  }

  it('goes on as two lines of text: disarmed, but keys close, and the terminal is left as it was', async () => {
    const broken = openDesk({ program: brokenProgram() })
    open.push(broken)
    await broken.waitForScreen(/DISARMED \(the screen could not be drawn\)/)
    await broken.waitForScreen(/FLAT/)
    broken.type('b')
    await broken.waitForScreen('DENIED BUY: the desk is disarmed')
    broken.type('a')
    await broken.waitForScreen('ARMED: entries are sent')
    broken.type('s')
    await broken.waitForScreen('FILLED: SOLD')
    broken.type(' ')
    await broken.waitForScreen('FLAT: the broker')
    broken.type('q')
    expect(await broken.exited).toMatchObject({ code: 0 })
    expect(broken.isAlternateScreen).toBe(false)
  })
})

describe('on the way out', () => {
  it('says what the session brought', async () => {
    const { desk, seen } = await started()
    desk.type('b')
    await seen('FILLED: BOUGHT')
    desk.type('b')
    await seen(/held key/)
    desk.type(' ')
    await seen('FLAT: the broker')
    desk.type('q')
    await desk.exited
    const printed = desk.screen()
    expect(printed).toMatch(/The session: 1 deal, 0 won, 1 lost/)
    expect(printed).toMatch(/realised -\d+\.\d\d EUR, charges/)
    expect(printed).toMatch(/0 denied, 0 rejected/)
    expect(printed).toMatch(/key to confirmed: p50 \d+ ms, p95 \d+ ms/)
    expect(printed).toMatch(/nothing is open at the broker/)
  })
})
