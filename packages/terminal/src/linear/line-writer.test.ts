import { expect, it } from 'vitest'
import { lineWriter } from './line-writer.ts'

/** A terminal that takes a text when it is told to. */
function slowTerminal() {
  const taken: string[] = []
  const ports = {
    write: (text: string, done: (error: Error | null) => void) => {
      taken.push(text)
      take = () => done(null)
    },
    writeNow: (text: string) => void taken.push(`now ${text}`),
  }
  let take = (): void => {}
  return { taken, ports, take: () => take() }
}

it('writes one text at a time, and what came meanwhile in its order', () => {
  const { taken, ports, take } = slowTerminal()
  const lines = lineWriter(ports)
  lines.write('one\n')
  lines.write('two\n')
  lines.write('three\n')
  expect(taken).toEqual(['one\n'])
  take()
  expect(taken).toEqual(['one\n', 'two\nthree\n'])
})

it('writes at the end what still waits', () => {
  const { taken, ports } = slowTerminal()
  const lines = lineWriter(ports)
  lines.write('one\n')
  lines.write('two\n')
  lines.flush()
  lines.flush()
  expect(taken).toEqual(['one\n', 'now two\n'])
})

it('keeps whole lines, the newest, for a terminal that takes nothing', () => {
  const { taken, ports } = slowTerminal()
  const lines = lineWriter(ports)
  lines.write('under way\n')
  for (let number = 0; number < 200_000; number++) lines.write(`line ${number}\n`)
  lines.flush()
  const kept = (taken[1] ?? '').replace('now ', '').split('\n')
  expect(kept[0]).toMatch(/^line \d+$/)
  expect(kept.at(-2)).toBe('line 199999')
  expect(taken[1]?.length).toBeLessThanOrEqual(1_000_004)
})
