import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROUTES } from './rest/routes.ts'
import { CONTRACT_FILES } from './testing/contract-routes.ts'

// The client and the mock broker share types, never an encoder: what they agree on in `contract/` is IG's documents.

describe('the contract suite', () => {
  it('has every route of the client in one of its files', () => {
    expect(Object.keys(CONTRACT_FILES).sort()).toEqual(Object.keys(ROUTES).sort())
  })

  it.each([...new Set(Object.values(CONTRACT_FILES))])(
    '%s looks at its end for a route without a good answer',
    file => {
      const source = readFileSync(new URL(`./contract/${file}.test.ts`, import.meta.url), 'utf8')
      expect(source).toContain(`expect(notExercised('${file}')).toEqual([])`)
    },
  )
})
