import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isOnMockForSure, mayBeLinear } from './early-look.ts'

function homeWith(settings: string | null): { SCALPDESK_HOME: string } {
  const home = mkdtempSync(join(tmpdir(), 'scalpdesk-'))
  if (settings !== null) writeFileSync(join(home, 'settings.json'), settings)
  return { SCALPDESK_HOME: home }
}

it.each([
  ['{"screen": {"linear": true}}', true],
  ['{"screen": {"linear" : /* since spring */ true}}', true],
  ['{"screen": {"linear": false}}', false],
  ['{"screen": {"theme": "light"}}', false],
  [null, false],
])('settings that say %s may be linear: %s', (settings, expected) => {
  expect(mayBeLinear([], homeWith(settings))).toBe(expected)
})

it('the flag says so whatever the settings say', () => {
  expect(mayBeLinear(['--epic', 'X', '--linear'], homeWith('{"screen": {"linear": false}}'))).toBe(true)
})

it('waits for nothing that has the name of the settings and is no file', () => {
  const env = homeWith(null)
  mkdirSync(join(env.SCALPDESK_HOME, 'settings.json'))
  expect(mayBeLinear([], env)).toBe(false)
})

it('the mock broker inside is begun with for sure where nothing says anything else', () => {
  expect(isOnMockForSure([], homeWith(null))).toBe(true)
})

it.each([
  ['a word on the command line', ['--epic', 'X'], {}],
  ['the address of a broker', [], { SCALPDESK_URL: 'http://127.0.0.1:1/' }],
  ['an environment', [], { SCALPDESK_ENV: 'demo' }],
])('it is not for sure with %s', (_what, args, variables) => {
  expect(isOnMockForSure(args, { ...homeWith(null), ...variables })).toBe(false)
})

it('it is not for sure with settings, whatever they say', () => {
  expect(isOnMockForSure([], homeWith('{"environment": "mock"}'))).toBe(false)
})
