import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { SettingPath } from './setting-path.ts'
import type { Place } from './settings-problem.ts'

/** JSON as it was written: its values, where each stands, and what is wrong with its form. Comments are allowed. */
export interface JsonDocument {
  readonly value: JsonValue
  /** Of the value there; of the nearest one around it when there is none. */
  placeOf(path: SettingPath): Place
  /** Of the name of a field. */
  placeOfName(path: SettingPath): Place
  /** As it stands in the text; null when there is none. */
  sourceOf(path: SettingPath): string | null
  /** Why it is no JSON; null when it is. */
  readonly fault: FormFault | null
  /** Fields that stand there more than once (readers of JSON differ on which of them counts), and a name that is none. */
  readonly badNames: readonly FormFault[]
}

/** What a document holds. Numbers keep every digit: see {@link JsonNumber}. */
export type JsonValue =
  | string
  | boolean
  | null
  | JsonNumber
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/** A number as it was written, in its description. A symbol, because no check takes one for a text, an object or a rounded number. */
type JsonNumber = symbol

interface FormFault {
  readonly place: Place
  readonly path: SettingPath
  readonly words: string
}

/** Never throws: a text that is no JSON has a fault, and whatever value could be read of it. */
export function readJson(text: string): JsonDocument {
  const errors: ParseError[] = []
  const root = treeOf(text, errors)
  const placeAt = placesOf(text)
  return {
    value: root ? jsonValueOf(root, text) : null,
    placeOf: path => placeAt(nearestNode(root, path)?.offset ?? 0),
    placeOfName: path => placeAt(nameNode(root, path)?.offset ?? nearestNode(root, path)?.offset ?? 0),
    sourceOf(path) {
      const node = root && nodeAt(root, path)
      return node ? text.slice(node.offset, node.offset + node.length) : null
    },
    fault: firstFault(text, errors, root, placeAt),
    badNames: (root ? badNames(root, []) : []).map(({ offset, ...fault }) => ({ ...fault, place: placeAt(offset) })),
  }
}

/** The text of a number; null for all else. */
export const numberText = (value: unknown): string | null =>
  typeof value === 'symbol' ? (value.description ?? null) : null

export const isJsonObject = (value: unknown): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // Deeper than the parser's own calls can go.
    return undefined
  }
}

/** One fault of form leads to others that mean nothing, so only the first is told. */
function firstFault(
  text: string,
  [first]: readonly ParseError[],
  root: Node | undefined,
  placeAt: (offset: number) => Place,
): FormFault | null {
  if (!root) return { place: placeAt(first?.offset ?? 0), path: [], words: NO_JSON }
  if (!first) return null
  const isCutOff = text.slice(first.offset).trim() === ''
  const words = isCutOff
    ? 'expected the end of the JSON object, but the file ends in the middle of it; complete it, or move the file away'
    : (FORM_WORDS[printParseErrorCode(first.error)] ?? NO_JSON)
  return { place: placeAt(first.offset), path: [], words }
}

/** Also of a text nested deeper than the parser's own calls can go. */
const NO_JSON = 'expected a JSON object, but this is none; correct it, or move the file away'

const FORM_WORDS: Readonly<Partial<Record<string, string>>> = {
  InvalidSymbol: 'expected a JSON value, but this word is none; put a text between " and "',
  InvalidNumberFormat: 'expected a number such as 0.5, but this is none; correct it',
  PropertyNameExpected: 'expected the name of a field between " and ", but there is none; correct it',
  ValueExpected: 'expected a value, but there is none; write one, or take the field away',
  ColonExpected: 'expected a colon between a field and its value, but there is none; add it',
  CommaExpected: 'expected a comma before this, but there is none; add it',
  CloseBraceExpected: 'expected a closing }, but there is none; add it',
  CloseBracketExpected: 'expected a closing ], but there is none; add it',
  EndOfFileExpected: 'expected nothing after the closing }, but there is more; take it away',
  UnexpectedEndOfComment: 'expected the end of a comment, but there is none; close it with */',
  UnexpectedEndOfString: 'expected a closing ", but the line ends; add it',
  UnexpectedEndOfNumber: 'expected the rest of a number, but there is none; correct it',
  InvalidUnicode: 'expected four hexadecimal digits after \\u, but got others; correct it',
  InvalidEscapeCharacter: 'expected an escape of JSON such as \\n, but this is none; write \\\\ for a backslash',
  InvalidCharacter: 'expected JSON, but this character has no place there; take it away',
}

function jsonValueOf(node: Node, text: string): JsonValue {
  switch (node.type) {
    case 'object': {
      const fields: Record<string, JsonValue> = {}
      for (const { children: [name, value] = [] } of node.children ?? [])
        if (name && value && name.value !== PROTOTYPE) fields[name.value as string] = jsonValueOf(value, text)
      return fields
    }
    case 'array':
      return (node.children ?? []).map(child => jsonValueOf(child, text))
    case 'number':
      return Symbol(text.slice(node.offset, node.offset + node.length))
    default:
      return node.value as JsonValue
  }
}

/** Setting it would not make a field but change what the object is. */
const PROTOTYPE = '__proto__'

interface BadName {
  readonly path: SettingPath
  readonly offset: number
  readonly words: string
}

function badNames(node: Node, path: SettingPath): readonly BadName[] {
  const names = new Set<string>([PROTOTYPE])
  return (node.children ?? []).flatMap((child, at) => {
    if (node.type === 'array') return badNames(child, [...path, at])
    const [name, value] = child.children ?? []
    if (!name || !value) return []
    const field = [...path, name.value as string]
    const words =
      name.value === PROTOTYPE
        ? 'expected a field of the settings, but this is none; take it away'
        : 'expected each field once, but this one stands here again; leave one of them'
    const bad = names.has(name.value) ? [{ path: field, offset: name.offset, words }] : []
    names.add(name.value)
    return [...bad, ...badNames(value, field)]
  })
}

function propertyOf(node: Node, step: string | number): Node | undefined {
  if (node.type === 'array') return undefined
  // The last one of a name counts, as in every JSON reader.
  return node.children?.findLast(({ children: [name] = [] }) => name?.value === String(step))
}

function childOf(node: Node, step: string | number): Node | undefined {
  if (node.type === 'array') return node.children?.[Number(step)]
  return node.type === 'object' ? propertyOf(node, step)?.children?.[1] : undefined
}

function nodeAt(root: Node, path: SettingPath): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => node && childOf(node, step), root)
}

function nearestNode(root: Node | undefined, path: SettingPath): Node | undefined {
  let node = root
  for (const step of path) {
    const child = node && childOf(node, step)
    if (!child) break
    node = child
  }
  return node
}

function nameNode(root: Node | undefined, path: SettingPath): Node | undefined {
  const around = root && nodeAt(root, path.slice(0, -1))
  const last = path.at(-1)
  return around?.type === 'object' && last !== undefined ? propertyOf(around, last)?.children?.[0] : undefined
}

function placesOf(text: string): (offset: number) => Place {
  return offset => {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/)
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }
}
