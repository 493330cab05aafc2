import { systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { type AttachedEnd, attachedScreen } from '../guard/attached-screen.ts'
import type { HostClient } from '../host/host-client.ts'
import { machineMs } from '../host/machine-clock.ts'
import { keyTable } from '../keys/key-table.ts'
import { printable } from '../printable.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { startDrawing } from './drawing.ts'
import { keepInForeground } from './screen-terminal.ts'
import type { StartUpTerminal } from './start-up-terminal.ts'

export interface AttachOptions {
  readonly startUp: StartUpTerminal
  readonly settings: FoundSettings
  readonly isLinear: boolean
  /** False with `--no-color`. */
  readonly color: boolean
}

/** The screen of a desk that runs in a guard: shows what the guard sends, and sends it the keys. @returns the exit status */
export async function runAttached(guard: HostClient, options: AttachOptions): Promise<number> {
  const { startUp, settings, isLinear } = options
  const { terminal } = startUp
  const { pid, program } = guard.host
  if (program !== manifest.version)
    throw new ExitError(
      EXIT.failed,
      `expected a guard of version ${manifest.version}, but the one that runs (process ${pid}) is of ${printable(program)}: the program was updated meanwhile; end it with scalpdesk guard stop, and start it again`,
    )
  const useColour = options.color && !process.env.NO_COLOR
  const drawing = await startDrawing(terminal, { isLinear, useColour, screen: settings.screen }, startUp.listen)
  const screen = attachedScreen(guard, {
    clock: systemClock,
    machineMs,
    openScreen: drawing.open,
    openTextMode: drawing.openTextMode,
  })
  function stopPainting(): void {
    screen.stop()
    drawing.flush()
  }
  try {
    terminal.beforeLeaving({ stopPainting, lastWords: () => null })
    keepInForeground(terminal, { resize: screen.resize, notice() {} })
    const over = Promise.race([screen.over, startUp.abandoned])
    const first = await Promise.race([
      screen.ready.then(
        keys => ({ kind: 'ready', keys }) as const,
        () => over,
      ),
      over,
    ])
    if (typeof first === 'number' || first.kind !== 'ready') return await end(first)
    const made = keyTable(first.keys)
    if (made.kind === 'table') startUp.bindKeys(made.table)
    startUp.handOver(screen)
    return await end(await over)
  } finally {
    await startUp.leave()
    guard.close()
  }

  /** @param how it ended, or the status that a signal means */
  async function end(how: AttachedEnd | number): Promise<number> {
    await startUp.leave()
    if (typeof how === 'number' || how.kind === 'left') {
      const { view } = screen
      const open = view === null || view.positions.length === 0 ? '' : `; ${view.positions.length} open`
      process.stdout.write(`the guard (process ${pid}) goes on${open}; scalpdesk attaches to it again\n`)
      return typeof how === 'number' ? how : EXIT.done
    }
    if (how.kind === 'ended') throw new ExitError(EXIT.failed, `the guard (process ${pid}) was ended. ${WHAT_IS_LEFT}`)
    if (how.kind === 'refused')
      throw new ExitError(EXIT.failed, `the guard (process ${pid}) does not take this screen: ${how.words}`)
    const unknown = how.unanswered.length === 0 ? '' : `. Whether it took ${how.unanswered.join(', ')} is not known`
    throw new ExitError(
      how.unanswered.length === 0 ? EXIT.failed : EXIT.unknown,
      `the guard (process ${pid}) is gone${unknown}. ${WHAT_IS_LEFT}`,
    )
  }
}

const WHAT_IS_LEFT =
  'What is open stays at the broker, with the stops that it has there; start scalpdesk or scalpdesk guard, which ask the broker for what the journal left open'
