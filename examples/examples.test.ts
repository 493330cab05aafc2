import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

/** Runs an example as its reader does; it has to end by itself. */
const run = async (name: string): Promise<string> => {
  const program = fileURLToPath(new URL(`${name}/main.ts`, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 100_000 })
  return stdout
}

it('watch-quotes prints twenty quotes and their spreads, then ends', async () => {
  const lines = (await run('watch-quotes')).trimEnd().split('\n')
  expect(lines).toHaveLength(21)
  expect(lines.at(-1)).toMatch(/^20 quotes, spread from [\d.]+ to [\d.]+ points$/)
})

it('place-and-confirm deals once, closes, and leaves nothing open', async () => {
  const said = await run('place-and-confirm')
  expect(said).toMatch(
    /^bought 1 EUR\/USD at 1\.\d+, stop 1\.\d+\nclosed at 1\.\d+: -?[\d.]+ USD\nopen positions: 0\n$/,
  )
})
