import { expect, it } from 'vitest'
import { entryName, placeOf } from './entry-name.ts'

it.each([
  ['demo', { environment: 'demo', host: null }],
  ['live', { environment: 'live', host: null }],
  ['live@127.0.0.1', { environment: 'live', host: '127.0.0.1' }],
  ['mock@[::1]', { environment: 'mock', host: '[::1]' }],
] as const)('%s names a place of its own', (name, place) => {
  expect(entryName(place)).toBe(name)
  expect(placeOf(name)).toEqual(place)
})

it.each(['', 'paper', 'demo@', 'demo@a b', 'DEMO', 'demo/../live'])('%s names none', name => {
  expect(placeOf(name)).toBeNull()
})
