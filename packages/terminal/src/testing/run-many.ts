/**
 * Runs the bundle again and again in one process, each time as if it had just been started: its arguments and variables are told over
 * IPC, and what it would have ended with is told back. For runs that read no input and end by themselves.
 */
import { pathToFileURL } from 'node:url'
import { endMark, type Run } from './many-runs.ts'
import { PROGRAM } from './running-desk.ts'

class Ended extends Error {}

let end: (status: number) => void = () => {}
process.exit = status => {
  end(Number(status ?? 0))
  // What stands behind it must not be done.
  throw new Ended('the program has ended')
}
// Each run listens anew, and none is ever taken off: a process of its own would end with it.
for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0)

process.on('message', async ({ run, args, env }: Run) => {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.argv = [process.execPath, PROGRAM, ...args]
  const status = await new Promise<number>((resolve, reject) => {
    end = resolve
    import(`${pathToFileURL(PROGRAM).href}?run=${run}`).catch(error => {
      if (!(error instanceof Ended)) reject(error)
    })
  })
  process.stdout.write(endMark(run))
  process.stderr.write(endMark(run))
  process.send?.({ run, status })
})
process.send?.({ ready: true })
