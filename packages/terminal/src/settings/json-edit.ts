import { applyEdits, createScanner, type Edit, type Node, parseTree } from 'jsonc-parser'
import type { JsonValue } from './json-document.ts'
import { jsonText } from './json-text.ts'
import type { SettingPath } from './setting-path.ts'

/**
 * The text with a value put at a path, and nothing else touched: comments and the form of all the rest stay. Not the `modify` of
 * jsonc-parser, which moves or drops the comments behind a neighbour, and writes numbers as floats.
 * @param text JSON of an object, comments allowed
 */
export function withValueAt(text: string, path: SettingPath, value: JsonValue): string {
  const { node, depth } = deepest(text, path)
  const [next, ...rest] = path.slice(depth)
  const isContainer = node.type === 'object' || (node.type === 'array' && typeof next === 'number')
  const edits =
    next !== undefined && isContainer
      ? added(text, node, next, nested(rest, value))
      : [replaced(text, node, nested(path.slice(depth), value))]
  return applyEdits(text, edits)
}

/** The text without the field or the entry at a path; the same when there is none. */
export function withoutValueAt(text: string, path: SettingPath): string {
  const { node, depth } = deepest(text, path)
  if (depth < path.length || !node.parent) return text
  const child = node.parent.type === 'property' ? node.parent : node
  const siblings = child.parent?.children ?? []
  const before = siblings[siblings.indexOf(child) - 1]
  const comma = commaAfter(text, endOf(child))
  const commaBefore = comma === null && before ? commaAfter(text, endOf(before)) : null
  const removed = wholeLine(text, child.offset, comma === null ? endOf(child) : comma + 1)
  return applyEdits(text, [...(commaBefore === null ? [] : [{ offset: commaBefore, length: 1, content: '' }]), removed])
}

/** The node at the path, or the one around where it would be. */
function deepest(text: string, path: SettingPath): { readonly node: Node; readonly depth: number } {
  let node = parseTree(text, [], { allowTrailingComma: true })
  if (!node) throw new Error('expected JSON to edit, but the text is none; read it first')
  for (const [depth, step] of path.entries()) {
    const child: Node | undefined =
      node.type === 'array'
        ? node.children?.[Number(step)]
        : node.children?.findLast(({ children: [name] = [] }) => name?.value === String(step))?.children?.[1]
    if (!child) return { node, depth }
    node = child
  }
  return { node, depth: path.length }
}

const nested = (path: SettingPath, value: JsonValue): JsonValue =>
  path.reduceRight<JsonValue>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value)

function replaced(text: string, node: Node, value: JsonValue): Edit {
  return { offset: node.offset, length: node.length, content: sourceOf(text, value, indentAt(text, node.offset)) }
}

/** A field or an entry behind the last one. */
function added(text: string, container: Node, step: string | number, value: JsonValue): Edit[] {
  const indent = indentAt(text, container.offset)
  const children = container.children ?? []
  const [first, last] = [children[0], children.at(-1)]
  const from = last ? endOf(last) : container.offset + 1
  const inside = text.slice(from, endOf(container) - 1)
  const isSpread = text.slice(container.offset, endOf(container)).includes('\n') || !last
  const inner = first && isSpread && isFirstInLine(text, first.offset) ? indentAt(text, first.offset) : `${indent}  `
  const name = typeof step === 'number' ? '' : `${JSON.stringify(step)}: `
  const item = `${name}${sourceOf(text, value, inner)}`
  const eol = eolOf(text)
  // Behind the comments that stand beside the last one.
  const offset = from + inside.trimEnd().length
  const isClosedInLine = isSpread && !inside.slice(inside.trimEnd().length).includes('\n')
  const content = isSpread ? `${eol}${inner}${item}${isClosedInLine ? `${eol}${indent}` : ''}` : ` ${item}`
  const comma = last && commaAfter(text, from) === null ? [{ offset: from, length: 0, content: ',' }] : []
  return [...comma, { offset, length: isClosedInLine ? inside.length - inside.trimEnd().length : 0, content }]
}

const sourceOf = (text: string, value: JsonValue, indent: string): string =>
  jsonText(value, indent).replaceAll('\n', eolOf(text))

/** From where to where is taken away: with its line when nothing else stands there. */
function wholeLine(text: string, from: number, to: number): Edit {
  const rest = /^[ \t]*(\r?\n)?/.exec(text.slice(to))
  if (isFirstInLine(text, from) && rest?.[1] !== undefined) {
    const start = text.lastIndexOf('\n', from - 1) + 1
    return { offset: start, length: to + rest[0].length - start, content: '' }
  }
  return { offset: from, length: to + (rest?.[1] === undefined ? (rest?.[0].length ?? 0) : 0) - from, content: '' }
}

/** Where the next comma is when nothing but comments stands before it. */
function commaAfter(text: string, offset: number): number | null {
  const scanner = createScanner(text, true)
  scanner.setPosition(offset)
  scanner.scan()
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : null
}

const endOf = ({ offset, length }: Node): number => offset + length

const lineBefore = (text: string, offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)

const isFirstInLine = (text: string, offset: number): boolean => lineBefore(text, offset).trim() === ''

const indentAt = (text: string, offset: number): string => /^[ \t]*/.exec(lineBefore(text, offset))?.[0] ?? ''

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')
