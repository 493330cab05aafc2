/**
 * `node packages/reports/proof/real-report.ts [PICTURE.png]`: the built `scalpdesk` trades on a mock broker while a tape records it, takes in a download with a
 * hostile name, and reports. The page is opened in Chromium, XLSX and CSV are read back by LibreOffice, and the figures of all are compared.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { waitFor } from '@scalpdesk/testkit'
import type { ReportJson } from '../src/index.ts'
import { chromiumPath, openBrowser } from '../src/testing/browser.ts'
import { readCsv } from '../src/testing/read-csv.ts'

const PROGRAM = fileURLToPath(new URL('../../terminal/dist/scalpdesk.js', import.meta.url))
const MARKETS = ['CS.D.EURUSD.CFD.IP', 'IX.D.DAX.IFD.IP']
const HOSTILE = `<img src=x onerror=alert(1)>=cmd|'/c calc'!A1`
const [picture] = process.argv.slice(2)

const home = mkdtempSync(join(tmpdir(), 'real-report-'))
const broker = await startMockBroker({ seed: 11, pastDays: 0, cash: '25000' })
const env = {
  HOME: home,
  SCALPDESK_HOME: home,
  SCALPDESK_URL: broker.url,
  SCALPDESK_KEYCHAIN: 'off',
  PATH: process.env.PATH ?? '',
}
let problems = 0
try {
  mkdirSync(join(home, 'tapes'))
  const tape = join(home, 'tapes/day.tape')
  const recording = spawn(process.execPath, [PROGRAM, 'record', ...MARKETS, '--out', tape], { env, stdio: 'ignore' })
  await waitFor('the tape', () => existsSync(tape) || null)
  for (const [at, side] of (['buy', 'sell', 'sell', 'buy', 'buy', 'sell'] as const).entries()) {
    await scalpdesk(side, MARKETS[at % 2] ?? '', '--size', at % 2 === 0 ? '1' : '0.2', '--stop', '60')
    if (at % 2 === 1) await scalpdesk('flatten')
  }
  recording.kill('SIGTERM')
  await new Promise(resolve => recording.once('exit', resolve))
  const days = await reports()
  await inBrowser(days.page)
  inLibreOffice(days.xlsx, days.csv)
} finally {
  await broker.close()
  rmSync(home, { recursive: true, force: true })
}
process.exitCode = problems > 0 ? 1 : 0

function verdict(what: string, isSo: boolean, more = ''): void {
  if (!isSo) problems++
  console.log(`${isSo ? 'yes' : 'NO '} ${what}${more === '' ? '' : `: ${more}`}`)
}

async function scalpdesk(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    said += text
  })
  const status = await new Promise(resolve => child.once('close', resolve))
  if (status !== 0) throw new Error(`expected scalpdesk ${args.join(' ')} to end with 0, but it ended with ${status}`)
  return said.trimEnd()
}

async function reports() {
  const today = Date.now()
  const day = (before: number): string => new Date(today - before * 86_400_000).toISOString().slice(0, 10)
  const download = join(home, 'download.csv')
  const header =
    'TextDate,Summary,MarketName,Period,ProfitAndLoss,Transaction type,Reference,Open level,Close level,Size,Currency,PL Amount,Cash transaction,DateUtc,OpenDateUtc,CurrencyIsoCode'
  const at = `${day(2)}T10:00:00`
  const row = [
    '',
    'Closed',
    `"${HOSTILE}"`,
    '-',
    'E1.25',
    'DEAL',
    'HOSTILE1',
    '100',
    '101.25',
    '+1',
    'E',
    '1.25',
    'false',
    at,
    at,
    'EUR',
  ]
  writeFileSync(download, `${header}\r\n${row.join(',')}\r\n`)
  await scalpdesk('report', 'import', download, '--account', 'MOCK1', '--currency', 'EUR')
  const [dealt] = (JSON.parse(await scalpdesk('report', '--json')) as ReportJson).trades
  await scalpdesk('report', 'tag', dealt?.exits[0]?.dealId ?? '', 'fomo,late')
  await scalpdesk('report', 'note', dealt?.id ?? '', HOSTILE)
  await scalpdesk('report', 'note', 'today', `slept badly ${HOSTILE}`)
  const span = ['report', '--from', day(3), '--what-if', 'stop=1,target=2']
  const live = JSON.parse(await scalpdesk(...span, '--json')) as ReportJson
  const cents = (text: string | null): number => Math.round(Number(text) * 100)
  const parts = live.bridge.parts.reduce((sum, { amount }) => sum + cents(amount), 0)
  verdict(
    'the parts add up to the change of the balance',
    parts === cents(live.bridge.closing) - cents(live.bridge.opening),
    `${parts} cents`,
  )
  const cash = broker.state().accounts.find(({ id }) => id === 'MOCK1')?.cash ?? null
  verdict("the closing balance is the broker's", cents(live.bridge.closing) === cents(cash), `${live.bridge.closing}`)
  const red = live.findings.filter(({ severity }) => severity === 'red').map(({ words }) => words)
  verdict('nothing is red', red.length === 0, red.join('; '))
  const ours = live.trades.filter(({ by }) => by.kind === 'command')
  verdict('MAE and MFE come from the tape', ours.length === 6 && ours.every(trade => trade.against.points !== null))
  verdict(
    'the trades of the tape were dealt again',
    live.hypothesis?.changed.trades.length === 6,
    `${live.hypothesis?.label}`,
  )
  verdict(
    'each tag is counted',
    live.statistics.byTag.map(({ key, trades }) => `${key} ${trades}`).join() === 'fomo 1,late 1',
  )
  const made = (format: string) => scalpdesk(...span, '--offline', '--format', format)
  return { page: await made('html'), xlsx: await made('xlsx'), csv: await made('csv') }
}

async function inBrowser(page: string): Promise<void> {
  const chromium = chromiumPath()
  if (chromium === null) return console.log('--  Chromium is not installed')
  await using browser = openBrowser(chromium)
  const url = pathToFileURL(page).href
  const opened = await browser.open(url, { width: 1000, height: 800, light: 'light' })
  verdict('Chromium asked for nothing but the page', opened.requests.join(' ') === url)
  verdict('Chromium complained of nothing', opened.complaints.length === 0, opened.complaints.join(' '))
  const text = String(await opened.evaluate('document.body.innerText'))
  verdict('the hostile name is text', text.includes(HOSTILE))
  verdict('the hostile note of the day is text', text.includes(`slept badly ${HOSTILE}`))
  verdict(
    'the hypothesis is labelled',
    text.includes('HYPOTHETICAL: the same entries with a stop of 1 points, a target of 2 points'),
  )
  verdict(
    'nothing is an image or a script',
    (await opened.evaluate('document.querySelectorAll("img, script").length')) === 0,
  )
  const drawn = Number(await opened.evaluate('document.querySelectorAll(".ticks").length'))
  verdict('the trades are drawn on the recorded ticks', drawn > 0, `${drawn} bands`)
  if (picture !== undefined) writeFileSync(picture, await opened.picture())
}

function inLibreOffice(xlsx: string, csv: string): void {
  const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find(path => existsSync(path))
  if (office === undefined) return console.log('--  LibreOffice is not installed')
  const out = join(home, 'office')
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1'
  const profile = `-env:UserInstallation=file://${home}/profile`
  execFileSync(office, [profile, '--headless', '--convert-to', filter, '--outdir', out, xlsx], { stdio: 'ignore' })
  execFileSync(office, [profile, '--headless', '--convert-to', 'xlsx', '--outdir', out, join(csv, 'trades.csv')], {
    stdio: 'ignore',
  })
  execFileSync(
    office,
    [
      profile,
      '--headless',
      '--convert-to',
      filter.replace(',-1', ''),
      '--outdir',
      join(out, 'again'),
      join(out, 'trades.xlsx'),
    ],
    { stdio: 'ignore' },
  )
  const sheet = (path: string) => readCsv(readFileSync(path, 'utf8').replace(/\r?\n/g, '\r\n'))
  const name = (xlsx.split('/').at(-1) ?? '').replace(/\.xlsx$/, '')
  const told = readCsv(readFileSync(join(csv, 'trades.csv'), 'utf8'))
  const column = (rows: readonly (readonly string[])[], at: number): string =>
    rows
      .slice(1)
      .map(row => Number(row[at]).toFixed(2))
      .join(' ')
  const at = told[0]?.indexOf('net') ?? -1
  verdict(
    'XLSX has the same results in LibreOffice as CSV',
    column(sheet(join(out, `${name}-Trades.csv`)), at) === column(told, at),
    column(told, at),
  )
  verdict(
    'CSV has the same results when LibreOffice has read it',
    column(sheet(join(out, 'again/trades.csv')), at) === column(told, at),
  )
}
