/** Every bench of the mock broker, one after the other, each beside its floor in the same run; then all verdicts again. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BENCHES = ['engine.ts', 'push.ts', 'rest.ts', 'start.ts', 'tape.ts', 'soak.ts'] as const
const args = process.argv.slice(2)

console.log(`node ${process.version}, ${process.platform} ${process.arch}`)
const verdicts: string[] = []
for (const file of BENCHES) {
  console.log(`\n## ${file}`)
  const { text, code } = await run(file)
  if (code !== 0) process.exitCode = 1
  // One that misses a goal ends with 1.
  if (code !== 0 && code !== 1) console.log(`${file} did not come to its end`)
  verdicts.push(...text.split('\n').filter(line => /^(M\d|start:|tape:|soak:) /.test(line)))
}
const isQuick = args.includes('--quick')
console.log(`\n## Verdicts${isQuick ? ' of a short run, which decide nothing' : ''}`)
console.log(verdicts.join('\n'))

function run(file: string): Promise<{ readonly text: string; readonly code: number | null }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', chunk => {
    process.stdout.write(chunk)
    text += chunk
  })
  return new Promise(resolve => {
    child.on('close', code => resolve({ text, code }))
  })
}
