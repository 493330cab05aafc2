import { PassThrough, Writable } from 'node:stream'
import { type DOMElement, type Instance, measureElement, render } from 'ink'
import type { PaneBox } from '../arrange/pane-name.ts'
import type { Box } from '../line.ts'
import type { Looks } from '../looks.ts'
import type { RareParts } from '../rare-parts.ts'
import { DeskLayout } from './desk-layout.tsx'
import { ScreenContext, type ScreenContextValue } from './screen-context.ts'

/** What Ink made of the rare parts: one frame of styled text, and the places it left for the slots. */
export interface InkFrame {
  readonly text: string
  readonly slots: ReadonlyMap<string, Box>
}

/** Ink without a terminal: it lays out, we paint. */
export class InkLayout {
  readonly #stdout = new FrameCatcher()
  readonly #context: ScreenContextValue
  #ink: Instance | null = null
  #failure: unknown = null

  constructor(looks: Looks) {
    this.#context = { looks, slots: new Map<string, DOMElement>() }
  }

  /** @throws what a component threw */
  layOut(parts: RareParts, boxes: readonly PaneBox[], columns: number, rows: number): InkFrame {
    this.#stdout.columns = columns
    this.#stdout.rows = rows
    const tree = (
      <ScreenContext value={this.#context}>
        <DeskLayout parts={parts} boxes={boxes} columns={columns} rows={rows} />
      </ScreenContext>
    )
    if (this.#ink === null) this.#start(tree)
    else this.#ink.rerender(tree)
    if (this.#failure !== null) throw this.#failure
    // Ink draws a failed component's stack instead of the screen and says why only later: that must not be painted.
    if (this.#context.slots.size === 0) {
      throw new Error(
        'expected the screen to be laid out, but a component failed; the picture ends, restart to see it again',
      )
    }
    const slots = new Map<string, Box>()
    for (const [id, element] of this.#context.slots) slots.set(id, measureElement(element))
    return { text: this.#stdout.frame, slots }
  }

  close(): void {
    this.#ink?.unmount()
    this.#ink = null
  }

  #start(tree: React.ReactNode): void {
    this.#ink = render(tree, {
      stdout: this.#stdout,
      stdin: new PassThrough(),
      stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
      // One whole frame for each commit, in the same turn, unthrottled.
      debug: true,
      interactive: false,
      patchConsole: false,
      exitOnCtrlC: false,
    })
    this.#ink.waitUntilExit().catch((error: unknown) => {
      this.#failure = error
    })
  }
}

/** Keeps the last frame that Ink wrote. */
class FrameCatcher extends Writable {
  columns = 80
  rows = 24
  frame = ''

  override write(chunk: unknown): boolean {
    this.frame = String(chunk)
    return true
  }
}
