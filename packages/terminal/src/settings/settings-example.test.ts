import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SCHEMA_FILE } from '../../settings-schema-file.ts'
import { lineText } from './json-text.ts'
import { settingAt } from './setting-key.ts'
import { pathText } from './setting-path.ts'
import { settingRows } from './setting-rows.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { readDocument } from './settings-document.ts'
import { exampleText } from './settings-example.ts'
import { settingsJsonSchema } from './settings-json-schema.ts'
import { problemText } from './settings-problem.ts'
import { fileFromSettings } from './settings-to-file.ts'

/** What people are told of the fields: the example file, the rows of the README, the JSON Schema. */

const rows = settingRows()

describe('the example', () => {
  const text = exampleText()

  it('passes the check', () => {
    const read = readDocument(text, 'example.json')
    expect(read.kind === 'problems' ? read.problems.map(problemText) : []).toEqual([])
  })

  it('has every field that a file may have, each with what it is about', () => {
    // Presets need not have all nine sizes, and one sound is enough to show a file.
    const names = rows.map(({ path }) => String(path.at(-1))).filter(name => !/^[5-9]$|^\$schema$/.test(name))
    for (const name of new Set(names)) expect(text).toContain(`"${name}": `)
    const words = text.replaceAll(/\n *\/\/ /g, ' ')
    for (const { field, about } of rows) if (field !== '$schema') expect(words).toContain(about)
  })
})

describe('the rows', () => {
  it('tell of each field that holds a value what it takes, its default and an example', () => {
    const values = rows.filter(({ takes }) => takes !== null && !takes.startsWith('a list'))
    expect(values.length).toBeGreaterThan(60)
    expect(values.filter(({ example }) => example === null).map(({ field }) => field)).toEqual([])
    const unsaid = values.filter(({ usual }) => usual === null).map(({ field }) => field.replace(/\.\d/, ''))
    // Left out, these have nothing in their place.
    expect(new Set(unsaid)).toEqual(
      new Set([
        '$schema',
        'version',
        'markets[].presets[].sizes',
        'markets[].presets[].sizes.riskMoney',
        'markets[].presets[].sizes.riskPercent',
        'markets[].presets[].stop.step',
      ]),
    )
  })

  it.each(rows.filter(({ example, path }) => example !== null && !path.some(step => step === 0 || step === '*')))(
    'the example of $field can be set',
    ({ path, example }) => {
      const nested = path.reduceRight<string>((inner, step) => `{"${step}": ${inner}}`, example ?? '')
      const read = readDocument(nested, 'one.json')
      expect(read.kind === 'problems' ? read.problems.map(problemText) : []).toEqual([])
    },
  )

  it('have a row for every default, and the defaults of the program', () => {
    const defaults = fileFromSettings(DEFAULT_SETTINGS)
    for (const { path, usual, takes } of rows) {
      const value = settingAt(defaults, path)
      if (value !== undefined && takes !== null)
        expect([pathText(path), usual]).toEqual([pathText(path), lineText(value)])
    }
    expect(readDocument(lineText(defaults), 'defaults.json')).toMatchObject({ kind: 'settings' })
  })
})

describe('the JSON Schema', () => {
  it('in the folder is what the table of fields makes; `node packages/terminal/settings-schema-file.ts` writes it anew', () => {
    expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(settingsJsonSchema())
  })

  it('names the same fields as the check, and no others', () => {
    expect(settingsJsonSchema()).toMatchObject({ type: 'object', additionalProperties: false })
    const properties = (settingsJsonSchema() as { properties: Record<string, unknown> }).properties
    const top = rows.filter(({ path }) => path.length === 1).map(({ field }) => field)
    expect(Object.keys(properties)).toEqual(top)
  })
})
