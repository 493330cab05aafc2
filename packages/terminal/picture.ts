/**
 * `pnpm exec node packages/terminal/picture.ts`: trades on a made-up tape with the real program on a pseudo-terminal and
 * writes its screen to screen.svg; the same screen as plain text goes to stdout. Takes three minutes: the chart shows them.
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { buildTerminal, isStale } from './build.ts'
import { madeUpTape, PICTURED } from './src/testing/made-up-tape.ts'
import { openDesk, type RunningDesk } from './src/testing/running-desk.ts'
import { screenSvg } from './src/testing/screen-svg.ts'

const SIZE = { columns: 100, rows: 30 } as const
const SPEED = 10
/** As a terminal sends them that speaks the kitty keyboard protocol: press and release. */
const KEYS = {
  b: '\x1b[98u\x1b[98;1:3u',
  leftCtrl: '\x1b[57442u\x1b[57442;5:3u',
  space: '\x1b[32u\x1b[32;1:3u',
} as const

if (isStale()) await buildTerminal()
const tape = madeUpTape(11, PICTURED)
await using desk = openDesk({
  args: ['--replay', tape, '--speed', String(SPEED), '--seed', '11'],
  env: { TZ: 'UTC' },
  kitty: true,
  ...SIZE,
})
await desk.waitForScreen(/FLAT[\s\S]*READY/)
await trade(desk)
const raw = desk.raw()
writeFileSync(new URL('./screen.svg', import.meta.url), await screenSvg({ raw, title: 'scalpdesk', ...SIZE }))
process.stdout.write(`${desk.screen()}\n`)
process.stderr.write(
  `journal:\n${desk
    .journal()
    .map(record => `${JSON.stringify(record)}\n`)
    .join('')}`,
)

/** Sells on the way down and closes; buys on the way up and is still in it when the picture is taken. */
async function trade(desk: RunningDesk): Promise<void> {
  const startMs = performance.now()
  const until = (tapeMinutes: number) => pause(startMs + (tapeMinutes * 60_000) / SPEED - performance.now())
  await until(6.5)
  desk.type(KEYS.leftCtrl)
  await desk.waitForScreen('FILLED: SOLD')
  await until(10)
  desk.type(KEYS.space)
  await desk.waitForScreen('FLAT: the broker')
  await until(22)
  desk.type(KEYS.b)
  await desk.waitForScreen('FILLED: BOUGHT')
  await until(29.5)
  // Four points and more: a profit that lasts until the picture is written.
  await desk.waitForScreen(/ \+(?:[4-9]|\d\d)\.\d .*\+\d+\.\d\d USD/, 60_000)
}
