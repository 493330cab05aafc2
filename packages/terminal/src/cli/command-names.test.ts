import { expect, it } from 'vitest'
import { startCommand } from '../testing/running-command.ts'
import { COMMAND_NAMES } from './command-names.ts'

it('has each command of --help, so that none of them opens the screen', async () => {
  const { stdout } = await startCommand(['--help']).ended
  const [, list = ''] = stdout.split('Commands:\n')
  const names = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter(name => name !== undefined && !COMMAND_NAMES.includes(name))).toEqual([])
})
