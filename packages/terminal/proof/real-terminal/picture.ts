/**
 * `pnpm exec node packages/terminal/proof/real-terminal/picture.ts`: trades with bare Ctrl keys in a real kitty on a made-up tape and
 * writes what kitty shows to `packages/terminal/kitty.png`. Needs kitty, Xvfb and xdotool. Takes three minutes: the chart shows them.
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { buildTerminal, isStale } from '../../build.ts'
import { madeUpTape, PICTURED } from '../../src/testing/made-up-tape.ts'
import { PROGRAM, ROOT } from '../../src/testing/running-desk.ts'
import { pngOf } from './framebuffer.ts'
import { missingPrograms, openKitty } from './kitty.ts'

const SPEED = 10

const { PATH = '' } = process.env
const missing = missingPrograms(PATH)
if (missing.length > 0)
  throw new Error(`expected kitty, Xvfb and xdotool, but found no ${missing.join(', ')}; install them`)
if (isStale()) await buildTerminal()
await using kitty = await openKitty({
  command: [process.execPath, PROGRAM, '--replay', madeUpTape(11, PICTURED), '--speed', String(SPEED), '--seed', '11'],
  env: { PATH, TZ: 'UTC', LANG: 'C.UTF-8' },
  cwd: ROOT,
  width: 1440,
  height: 900,
  fontSize: 11,
})
await kitty.waitForScreen(/FLAT[\s\S]*READY/)
const startMs = performance.now()
const until = (tapeMinutes: number) => pause(startMs + (tapeMinutes * 60_000) / SPEED - performance.now())
await until(6.5)
kitty.press('leftCtrl')
await kitty.waitForScreen(/FILLED: SOLD/)
await until(10)
kitty.press('space')
await kitty.waitForScreen(/FLAT: the broker/)
await until(22)
kitty.press('rightCtrl')
await kitty.waitForScreen(/FILLED: BOUGHT/)
await until(29.5)
// Four points and more: a profit that lasts until the picture is taken.
await kitty.waitForScreen(/ \+(?:[4-9]|\d\d)\.\d .*\+\d+\.\d\d USD/, 60_000)
writeFileSync(new URL('../../kitty.png', import.meta.url), pngOf(kitty.pixels()))
process.stdout.write(`${await kitty.screen()}\n`)
