import { isJsonObject, type JsonValue, numberText } from './json-document.ts'

/** JSON as people write it, numbers with every digit: two spaces a level, short lists and objects on one line. */
export function jsonText(value: JsonValue, indent = ''): string {
  const oneLine = lineText(value)
  if (oneLine.length + indent.length <= LINE_LENGTH && depthOf(value) <= 1) return oneLine
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const rows = value.map(item => `${inner}${jsonText(item, inner)}`)
    return rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n${indent}]`
  }
  if (!isJsonObject(value)) return oneLine
  const rows = Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${jsonText(item, inner)}`)
  return rows.length === 0 ? '{}' : `{\n${rows.join(',\n')}\n${indent}}`
}

/** On one line. */
export function lineText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(lineText).join(', ')}]`
  if (!isJsonObject(value)) return numberText(value) ?? JSON.stringify(value)
  const fields = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${lineText(item)}`)
  return `{${fields.join(', ')}}`
}

export function isSameJson(one: JsonValue, other: JsonValue): boolean {
  return lineText(one) === lineText(other)
}

/** Levels of lists and objects. */
function depthOf(value: JsonValue): number {
  if (Array.isArray(value)) return 1 + Math.max(0, ...value.map(depthOf))
  return isJsonObject(value) ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
}

const LINE_LENGTH = 100
