import headless from '@xterm/headless'

/** One cell as it is drawn: `''` is the second column of a wide letter. */
export interface SeenCell {
  readonly text: string
  readonly bold: boolean
  readonly dim: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly inverse: boolean
  /** Palette index; null for the terminal's own colour. */
  readonly foreground: number | null
  readonly background: number | null
}

/** A terminal without a window: takes bytes, tells what a person would see. */
export interface SeenTerminal {
  write(data: string): void
  /** Settles when everything written so far has been drawn. */
  drawn(): Promise<void>
  /** One line for each row; trailing spaces and empty rows at the end left out. */
  screen(): string
  cell(column: number, row: number): SeenCell
  resize(columns: number, rows: number): void
  /** What the terminal sends back by itself, for example its answer to `CSI c`. */
  onAnswer(listener: (answer: string) => void): void
  /** From now on keeps keyboard flags and answers `CSI ? u` with them. @see kitty keyboard protocol, "Progressive enhancement" */
  answerKitty(): void
  /** Keyboard flags in force: 0 unless a program pushed some and has not popped them. */
  readonly keyboardFlags: number
  readonly isAlternateScreen: boolean
  readonly isCursorVisible: boolean
}

export function seenTerminal(columns: number, rows: number): SeenTerminal {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true })
  const listeners: ((answer: string) => void)[] = []
  terminal.onData(answer => {
    for (const listener of listeners) listener(answer)
  })
  const keyboardFlags: number[] = []
  let isCursorVisible = true
  for (const [final, isVisible] of [
    ['h', true],
    ['l', false],
  ] as const) {
    terminal.parser.registerCsiHandler({ prefix: '?', final }, parameters => {
      if (parameters.includes(25)) isCursorVisible = isVisible
      return false
    })
  }

  /** The screen as text, until more is drawn: whoever waits for something looks again and again. */
  let seen: string | null = null
  const changed = (): void => {
    seen = null
  }
  function screenText(): string {
    const lines = Array.from(
      { length: terminal.rows },
      (_, row) => lineAt(row)?.translateToString(true, 0, terminal.cols).trimEnd() ?? '',
    )
    return lines.join('\n').trimEnd()
  }

  const lineAt = (row: number) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + row)

  return {
    write: data => terminal.write(data, changed),
    drawn: () => new Promise(resolve => terminal.write('', resolve)),
    screen() {
      seen ??= screenText()
      return seen
    },
    cell(column, row) {
      const cell = lineAt(row)?.getCell(column)
      if (cell === undefined) throw new Error(`expected a cell at ${column},${row}, but the terminal is smaller`)
      return {
        text: cell.getWidth() === 0 ? '' : cell.getChars() || ' ',
        bold: cell.isBold() !== 0,
        dim: cell.isDim() !== 0,
        italic: cell.isItalic() !== 0,
        underline: cell.isUnderline() !== 0,
        inverse: cell.isInverse() !== 0,
        foreground: cell.isFgPalette() ? cell.getFgColor() : null,
        background: cell.isBgPalette() ? cell.getBgColor() : null,
      }
    },
    resize(toColumns, toRows) {
      terminal.resize(toColumns, toRows)
      changed()
    },
    onAnswer: listener => {
      listeners.push(listener)
    },
    answerKitty() {
      terminal.parser.registerCsiHandler({ prefix: '>', final: 'u' }, ([flags]) => {
        keyboardFlags.push(Number(flags))
        return true
      })
      terminal.parser.registerCsiHandler({ prefix: '<', final: 'u' }, () => {
        keyboardFlags.pop()
        return true
      })
      terminal.parser.registerCsiHandler({ prefix: '?', final: 'u' }, () => {
        for (const listener of listeners) listener(`\x1b[?${keyboardFlags.at(-1) ?? 0}u`)
        return true
      })
    },
    get keyboardFlags() {
      return keyboardFlags.at(-1) ?? 0
    },
    get isAlternateScreen() {
      return terminal.buffer.active.type === 'alternate'
    },
    get isCursorVisible() {
      return isCursorVisible
    },
  }
}
