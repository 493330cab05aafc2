import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTerminal, type TerminalSession, waitFor } from '@scalpdesk/testkit'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { painterBundle } from '../../bundle/painter-bundle.ts'

const folder = mkdtempSync(join(tmpdir(), 'scalpdesk-painter-'))
const painterFile = join(folder, 'painter.js')
const noteFile = join(folder, 'note.txt')

beforeAll(async () => {
  await build(painterBundle(painterFile))
})
afterAll(() => rmSync(folder, { recursive: true }))

function openDesk(everyMs = 16): TerminalSession {
  const desk = openTerminal({
    command: process.execPath,
    args: [fileURLToPath(new URL('./test/show-screen.ts', import.meta.url)), painterFile, String(everyMs), noteFile],
    columns: 80,
    rows: 24,
  })
  onTestFinished(() => desk.kill())
  return desk
}

it('paints from its own thread what the desk shows', async () => {
  const desk = openDesk()
  const screen = await desk.waitForScreen('FLATTEN')
  expect(screen).toContain('EUR/USD Mini')
  expect(screen).toContain('OPEN')
})

it.each([1, 4, 16])('writes nothing once stopNow has returned, with a view every %d ms', async everyMs => {
  const desk = openDesk(everyMs)
  await desk.waitForScreen('FLATTEN')
  desk.type('x')
  await desk.exited
  expect(desk.raw().split('STOPPED true')[1]?.trim()).toBe('')
  expect(desk.screen().trim()).toBe('STOPPED true')
})

it('says that nothing is updated while the desk is silent, and takes it back when the desk is heard again', async () => {
  const desk = openDesk()
  await desk.waitForScreen('FLATTEN')
  desk.type('f')
  const silent = await desk.waitForScreen(/NOT UPDATED for [1-9]\d* s: prices below are old/)
  expect(silent).toContain('STALE')
  expect(silent).toContain('UNKNOWN')
  desk.type('g')
  const heard = await desk.waitForScreen(screen => !screen.includes('NOT UPDATED'))
  expect(heard).toContain('OPEN')
})

it('draws itself anew at another size', async () => {
  const desk = openDesk()
  await desk.waitForScreen('FLATTEN')
  desk.resize(40, 10)
  await desk.waitForScreen('NEEDS 40x12')
  desk.resize(100, 30)
  const screen = await desk.waitForScreen('size 1 ·')
  expect(screen).not.toContain('NEEDS')
})

// Only where a second, non-blocking description of the terminal can be opened does a full terminal leave the painter free.
describe.runIf(process.platform === 'linux')('a terminal that takes nothing any more', () => {
  it('neither holds up the desk nor keeps it from stopping the painter', async () => {
    const desk = await fullTerminal()
    desk.type('s')
    await waitFor('the painter to stop', () => noted() === 'stopped true')
    desk.resume()
    await desk.exited
  })

  it('is shown what is true when it takes something again', async () => {
    const desk = await fullTerminal()
    desk.type('f')
    desk.resume()
    await desk.waitForScreen('NOT UPDATED')
    desk.type('g')
    const screen = await desk.waitForScreen(text => !text.includes('NOT UPDATED'))
    expect(screen).toContain('size 1 ·')
  })

  async function fullTerminal(): Promise<TerminalSession> {
    rmSync(noteFile, { force: true })
    const desk = openDesk(4)
    await desk.waitForScreen('FLATTEN')
    desk.pause()
    desk.type('w')
    await waitFor('the terminal to be full', () => noted() === 'full')
    return desk
  }
})

it('tells when a view was painted', async () => {
  const desk = openDesk()
  await desk.waitForScreen('FLATTEN')
  desk.type('p')
  await desk.waitForScreen('PAINTED true')
})

function noted(): string {
  try {
    return readFileSync(noteFile, 'utf8')
  } catch {
    // Not written yet.
    return ''
  }
}

it('reports a painter that cannot start, and leaves the desk running', async () => {
  const desk = openTerminal({
    command: process.execPath,
    args: [fileURLToPath(new URL('./test/show-screen.ts', import.meta.url)), join(folder, 'none.js')],
  })
  onTestFinished(() => desk.kill())
  await desk.waitForScreen('FAILED')
})
