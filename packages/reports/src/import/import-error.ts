/** A file that cannot be imported; nothing of it was taken. Its message names the line, what is wrong with it and what to do. */
export class ImportError extends Error {
  /** Of the file, from 1; null: of the file as a whole. */
  readonly line: number | null

  constructor(line: number | null, message: string) {
    super(line === null ? message : `line ${line}: ${message}`)
    this.name = 'ImportError'
    this.line = line
  }
}

/** What stands in a file, short enough for a sentence. */
export function quotedExcerpt(text: string): string {
  return JSON.stringify(text.length > MOST ? `${text.slice(0, MOST)}…` : text)
}

const MOST = 40
