import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { commandRig } from './testing/command-rig.ts'

const open = closedAfterEach()

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

it('the commands that the README shows do what it says, one after the other', async () => {
  const shown = /<!-- command-examples -->\s+```sh\n([\s\S]*?)```/.exec(README)?.[1] ?? ''
  const lines = shown.trim().split('\n')
  expect(lines.length).toBeGreaterThan(9)
  const rig = await commandRig(open)
  for (const line of lines) {
    const [, args = ''] = /^scalpdesk (.*?) *#/.exec(line) ?? []
    const { status, stdout, stderr } = await rig.run(args)
    expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' })
    expect(stdout).not.toBe('')
  }
  expect([rig.broker.positions(), rig.broker.workingOrders()]).toEqual([[], []])
})
