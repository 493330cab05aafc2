import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { afterScreen, expectRestored } from './testing/after-screen.ts'
import { startCommand } from './testing/running-command.ts'
import { openDesk } from './testing/running-desk.ts'

/** The report that is written by itself when a session of the screen ends, on the real program. */

const open: AsyncDisposable[] = []
const homes: string[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

const settings = { version: 1, reports: { atSessionEnd: 'html', withinMs: 20_000 } }

it('is written once the terminal is restored, says where it is, and is whole', async () => {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const desk = openDesk({ settings, env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  homes.push(desk.home)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  desk.type('q')
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  await expectRestored(desk)
  const path =
    /the report of the day is ([^\r\n]+\.html)/.exec(afterScreen(desk).replaceAll(/\r\n(?=[^ ])/g, '\n'))?.[1] ?? ''
  expect(path.startsWith(join(desk.home, 'reports/mock/MOCK1/'))).toBe(true)
  expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
})

it('is of the journal alone once the mock broker inside is gone, and the report says so', {
  timeout: 120_000,
}, async () => {
  const desk = openDesk({ settings })
  open.push(desk)
  homes.push(desk.home)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  desk.type('b')
  await desk.waitForScreen(/FILLED: BOUGHT/)
  desk.type(' ')
  await desk.waitForScreen(/FLAT/)
  desk.type('q')
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  expect(afterScreen(desk)).toMatch(/the report of the day is /)
  const after = startCommand(['report', '--json'], { HOME: desk.home, SCALPDESK_HOME: desk.home })
  open.push(after)
  const { status, stdout, stderr } = await after.ended
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: 'scalpdesk: no screen runs with the mock broker inside: this is from the journal alone\n',
  })
  expect(JSON.parse(stdout)).toMatchObject({
    sources: [{ source: 'journal' }],
    trades: [{ direction: 'BUY', by: { kind: 'key' } }],
  })
})

it('shows on a terminal how far the reading is', async () => {
  const broker = await startMockBroker({ seed: 7, pastDays: 400 })
  open.push(broker)
  broker.faults.slowReply(1_500, '/history/activity')
  const from = new Date(Date.now() - 390 * 86_400_000).toISOString().slice(0, 10)
  const command = openDesk({
    args: ['report', '--from', from],
    env: { SCALPDESK_URL: broker.url, SCALPDESK_KEYCHAIN: 'off' },
    rows: 200,
  })
  open.push(command)
  homes.push(command.home)
  await command.waitForScreen(/\[[#.]{20}\] MOCK1: activity, day \d+ of \d+, \d+ rows/)
  expect(await command.exited).toEqual({ code: 0, signal: null })
  await command.waitForScreen(/The last 200 of \d+/)
  expect(command.screen()).not.toMatch(/MOCK1: activity/)
})

it.each([
  [
    'the time is over',
    { ...settings.reports, withinMs: 1_000 },
    /was not written: not within 1 s; scalpdesk report --format html writes it/,
  ],
  ['Ctrl-C says so', settings.reports, /was not written: you did not wait; scalpdesk report --format html writes it/],
])('is given up when %s, and nothing of it is left', async (what, reports, words) => {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const desk = openDesk({ settings: { version: 1, reports }, env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  homes.push(desk.home)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  const asked = (): number => broker.requests().filter(({ path }) => path.includes('/history/transactions')).length
  await waitFor('what the desk itself asks of the day', () => asked() > 0)
  broker.faults.slowReply(60_000, '/history/transactions')
  const before = asked()
  const isAsked = (): boolean => asked() > before
  desk.type('q')
  if (what.startsWith('Ctrl-C')) {
    await desk.waitForScreen(() => !desk.isAlternateScreen && isAsked())
    desk.type('\x03')
  }
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  expect(afterScreen(desk)).toMatch(words)
  const left = readdirSync(desk.home, { recursive: true, encoding: 'utf8' })
  expect(left.filter(name => name.endsWith('.html') || name.endsWith('.new'))).toEqual([])
})
