/**
 * Every bench of the SDK, one after the other, each beside its floor or peers in the same run; then all verdicts again.
 *
 * `pnpm exec node packages/sdk/bench/run.ts [--quick]`
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BENCHES = [
  ['orders.ts'],
  ['orders.ts', '--tls', '--only', 'floor-again,ours,undici-dispatch,ig-trading-api'],
  ['pushed-confirm.ts'],
  ['first-order.ts'],
  ['lost-replies.ts'],
  ['import.ts'],
  ['ticks.ts'],
] as const
const VERDICT = /^[OT]\d /
const isQuick = process.argv.includes('--quick')

console.log(`node ${process.version}, ${process.platform} ${process.arch}`)
const verdicts: string[] = []
for (const [file, ...args] of BENCHES) {
  const title = [file, ...args].join(' ')
  console.log(`\n## ${title}`)
  const beganMs = performance.now()
  const { lines, code } = await run(file, args)
  console.log(`${file} took ${Math.round((performance.now() - beganMs) / 1_000)} s`)
  if (code !== 0) process.exitCode = 1
  const own = lines.filter(line => VERDICT.test(line))
  verdicts.push(...own.map(line => `${line}  [${title}]`))
  if (code !== 0 && own.length === 0) verdicts.push(`${title} did not come to its end`)
}
console.log(`\n## Verdicts${isQuick ? ' of a short run, which decide nothing' : ''}`)
console.log(verdicts.join('\n'))

function run(
  file: string,
  args: readonly string[],
): Promise<{ readonly lines: readonly string[]; readonly code: number | null }> {
  const program = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, [program, ...args, ...(isQuick ? ['--quick'] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', chunk => {
    process.stdout.write(chunk)
    text += chunk
  })
  return new Promise(resolve => {
    child.on('close', code => resolve({ lines: text.split('\n'), code }))
  })
}
