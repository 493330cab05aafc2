import { systemClock } from '@scalpdesk/sdk'

/** Raw input until it is enough, or the time is over. The terminal is left as it was found, whatever ends the program. */
export async function withInput(
  limitMs: number,
  begin: () => void,
  isEnough: (chunk: Buffer) => boolean,
  farewell = '',
): Promise<void> {
  const { stdin, stdout } = process
  const { promise: done, resolve } = Promise.withResolvers<void>()
  const onData = (chunk: Buffer): void => {
    if (isEnough(chunk)) resolve()
  }
  const restore = (): void => {
    stdout.write(farewell)
    stdin.setRawMode(false)
  }
  process.once('exit', restore)
  stdin.setRawMode(true)
  stdin.on('data', onData)
  stdin.resume()
  begin()
  const limit = systemClock.at(systemClock.monotonicMs() + limitMs, resolve)
  await done
  limit.cancel()
  stdin.off('data', onData)
  process.off('exit', restore)
  restore()
  stdin.pause()
}
