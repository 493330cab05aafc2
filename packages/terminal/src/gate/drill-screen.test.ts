import { describe, expect, it } from 'vitest'
import { afterScreen, expectRestored } from '../testing/after-screen.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { startCommand } from '../testing/running-command.ts'
import { type DeskOptions, openDesk, type RunningDesk } from '../testing/running-desk.ts'

/** `drill` with a person at the keys of the real program. */

const open = closedAfterEach()

function drill(name: string, options: DeskOptions = {}): RunningDesk {
  const desk = openDesk({ args: ['drill', name], ...options })
  open.push(desk)
  return desk
}

async function ended(desk: RunningDesk, status: number): Promise<string> {
  expect((await desk.exited).code).toBe(status)
  await expectRestored(desk)
  return afterScreen(desk)
}

async function gate(home: string): Promise<{ readonly drills: Record<string, boolean>; readonly isOpen: boolean }> {
  const command = startCommand(['gate', '--json'], { HOME: home, SCALPDESK_HOME: home })
  open.push(command)
  return JSON.parse((await command.ended).stdout)
}

describe('the flatten drill', () => {
  it('is passed by the flatten key, though the answer is lost, and is on record then', async () => {
    const desk = drill('flatten')
    await desk.waitForScreen(/DRILL: enter once[\s\S]*\bFLAT\b/)
    desk.type('b')
    await desk.waitForScreen('close everything NOW')
    desk.type(' ')
    expect(await ended(desk, 0)).toMatch(/flatten drill passed: flat \d+\.\d s after it was asked for/)
    expect(await gate(desk.home)).toMatchObject({ isOpen: false, drills: { flatten: true, disconnect: false } })
  })

  it('is not passed by who enters again instead', async () => {
    const desk = drill('flatten')
    await desk.waitForScreen(/DRILL: enter once[\s\S]*\bFLAT\b/)
    desk.type('b')
    await desk.waitForScreen('close everything NOW')
    desk.type('s')
    expect(await ended(desk, 1)).toMatch(
      /flatten drill not passed: an entry was tried when everything had to be closed/,
    )
    expect(await gate(desk.home)).toMatchObject({ drills: { flatten: false } })
  })

  it('is not passed by who leaves', async () => {
    const desk = drill('flatten')
    await desk.waitForScreen(/DRILL: enter once[\s\S]*\bFLAT\b/)
    desk.type('q')
    expect(await ended(desk, 1)).toMatch(/not passed: it was left before it was over/)
  })
})

it('the disconnect drill is passed by who gets flat in silence, and waits for the connection', async () => {
  const desk = drill('disconnect')
  await desk.waitForScreen(/DRILL: enter once[\s\S]*\bFLAT\b/)
  desk.type('s')
  await desk.waitForScreen('the connection is gone', 25_000)
  desk.type(' ')
  expect(await ended(desk, 0)).toMatch(/disconnect drill passed: flat, and no entry tried/)
  expect(await gate(desk.home)).toMatchObject({ drills: { flatten: false, disconnect: true } })
})
