import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { cameToItsEnd } from './bench-end.ts'

const ended = (program: string): boolean => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8' })
  return cameToItsEnd({ status, text: stdout, complaint: stderr })
}

it.each([
  ['reaches its goals', true, ''],
  ['misses one', true, 'console.error("a remark"); process.exitCode = 1'],
  ['throws', false, 'throw new Error("broken")'],
  ['rejects', false, 'Promise.reject(new Error("broken"))'],
  [
    'has a part that throws',
    false,
    'require("node:child_process").spawnSync(process.execPath, ["--eval", "throw 1"], { stdio: "inherit" })',
  ],
  ['tells that a part was ended', false, 'console.log("frame.ts did not come to its end")'],
  ['is ended by a signal', false, 'process.kill(process.pid, "SIGKILL")'],
])('a bench that %s: whole is %s', (_what, isWhole, program) => {
  expect(ended(program)).toBe(isWhole)
})
