import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { tooOld } from './node-version.ts'

it.each(['22.19.0', '22.23.3', '24.0.0', '100.1.0'])('runs on Node %s', version => {
  expect(tooOld(version)).toBeNull()
})

it.each(['22.18.9', '20.20.2', '9.99.0'])('says what to do on Node %s', version => {
  expect(tooOld(version)).toBe(
    `expected Node 22.19 or newer, but this is ${version}; install one from https://nodejs.org`,
  )
})

it('asks for what the package asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(tooOld('0.0.0')).toContain(`Node ${engines.node.replace('>=', '')} or newer`)
})
