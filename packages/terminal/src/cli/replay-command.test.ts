import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { madeUpTape } from '../testing/made-up-tape.ts'
import { startCommand } from '../testing/running-command.ts'
import { openDesk } from '../testing/running-desk.ts'

/** `scalpdesk replay`, as a program of its own. */

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'kept-')), 'session')

describe('the screen on a tape', () => {
  it('trades, and comes out the same again', async () => {
    const folder = newFolder()
    const desk = openDesk({ args: ['replay', madeUpTape(5, [[0, 0], [5, 8]]), '--keep', folder] })
    open.push(desk)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.type('b')
    await desk.waitForScreen(/BOUGHT 1/)
    desk.type(' ')
    await desk.waitForScreen(/CLOSED 1/)
    desk.type('q')
    expect(await desk.exited).toEqual({ code: 0, signal: null })
    const again = await startCommand(['replay', folder, '--check']).ended
    expect(again.status).toBe(0)
  })
})
