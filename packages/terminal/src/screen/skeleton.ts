/**
 * The bytes of the very first paint, written before anything is loaded: the lines of the screen and that it is starting, and nothing that
 * could be untrue, so neither a price nor what is open. Imports nothing, so that it costs nothing.
 */
export function skeleton(columns: number, rows: number, title: string): string {
  const text = (row: number, words: string) => (row < rows ? `\x1b[${row + 1};1H${words.slice(0, columns)}` : '')
  const rule = '─'.repeat(Math.max(0, columns))
  const safeTitle = title.replace(/[^\x20-\x7e\xa1-\xff]/g, '?')
  return [
    '\x1b[m\x1b[2J',
    text(0, ` ${safeTitle}`),
    text(1, rule),
    text(Math.floor(rows / 2), ' starting…'),
    rows > 3 ? text(rows - 1, rule) : '',
    '\x1b[H',
  ].join('')
}
