import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { schemaFiles } from '../../document-schema-files.ts'

it.each(schemaFiles())('%s is what the code says', (path, text) => {
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text))
})
