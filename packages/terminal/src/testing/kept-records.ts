import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type KeptRecord = { readonly kind: string; readonly [field: string]: unknown }

/** The records of every journal below a folder, in the order of their days. A line that is still being written is not one yet. */
export function recordsBelow(folder: string): readonly KeptRecord[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ndjson'))
  return files.toSorted().flatMap(file => wholeRecords(readFileSync(join(folder, file), 'utf8')))
}

export const wholeRecords = (text: string): readonly KeptRecord[] =>
  text
    .split('\n')
    .slice(0, -1)
    .filter(line => line !== '')
    .map((line): KeptRecord => JSON.parse(line))
