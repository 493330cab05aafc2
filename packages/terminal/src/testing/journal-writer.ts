/**
 * A process that writes a journal until it is killed: `node journal-writer.ts FOLDER DURABILITY`. It prints `open` or why not, then
 * the name of each record once append has returned, or why that failed.
 */
import { writeSync } from 'node:fs'
import { systemClock } from '@scalpdesk/sdk'
import { openJournal } from '../session/journal-file.ts'

const [folder = '', durability] = process.argv.slice(2)
const print = (text: string): void => void writeSync(1, `${text}\n`)

try {
  const journal = openJournal(folder, systemClock, { durability: durability === 'flushed' ? 'flushed' : 'written' })
  print('open')
  writeOn(0)

  /** A turn of the event loop each, as in the real program; it ends when somebody ends it. */
  function writeOn(count: number): void {
    const id = `SD-${process.pid}-${count}`
    try {
      journal.append({ kind: 'armed', atMs: systemClock.monotonicMs(), isArmed: true, because: id })
      print(id)
      setImmediate(writeOn, count + 1)
    } catch (error) {
      print(`failed: ${(error as Error).message}`)
      systemClock.at(systemClock.monotonicMs() + 60_000, () => {})
    }
  }
} catch (error) {
  print(`refused: ${(error as Error).message}`)
}
