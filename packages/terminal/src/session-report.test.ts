import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { afterEach, expect, it } from 'vitest'
import { afterScreen, expectRestored } from './testing/after-screen.ts'
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
  broker.faults.slowReply(60_000, '/history/transactions')
  const before = broker.requests().length
  desk.type('q')
  await desk.waitForScreen(
    () =>
      !desk.isAlternateScreen &&
      broker
        .requests()
        .slice(before)
        .some(({ path }) => path.includes('/history/transactions')),
  )
  if (what.startsWith('Ctrl-C')) desk.type('\x03')
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  expect(afterScreen(desk)).toMatch(words)
  const left = readdirSync(desk.home, { recursive: true, encoding: 'utf8' })
  expect(left.filter(name => name.endsWith('.html') || name.endsWith('.new'))).toEqual([])
})
