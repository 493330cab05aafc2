/** The process that jobs run in: whatever a strategy does there, the program and the other jobs go on. */
import { pathToFileURL } from 'node:url'
import type { FromJobProcess, ToJobProcess } from './job-message.ts'
import { type ThreadRunner, threadRunner } from './thread-runner.ts'

let runner: ThreadRunner | null = null
const tell = (message: FromJobProcess): void => void process.send?.(message)

process.on('message', (message: ToJobProcess) => {
  if (message.kind === 'begin') {
    // The script of this process is the thread's too.
    const workerUrl = pathToFileURL(process.argv[1] ?? '')
    runner = threadRunner({ ...message, workerUrl, onPrint: text => tell({ kind: 'print', text }) })
  } else {
    const answered = runner?.ask(message.about, progress => tell({ kind: 'progress', progress }))
    void answered?.then(answer => tell({ kind: 'answer', answer }))
  }
})
// Nobody asks any more.
process.on('disconnect', () => process.exit())
// Ctrl+C reaches every process of a terminal: when a job ends, whoever asked for it says.
process.on('SIGINT', () => {})
