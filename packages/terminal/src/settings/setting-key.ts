import * as z from 'zod/mini'
import { CREDENTIAL_WORDS, isCredentialName } from './credentials.ts'
import { isJsonObject, type JsonValue } from './json-document.ts'
import { advice } from './nearest-name.ts'
import { namesOf, schemaAt, withoutNull } from './schema-walk.ts'
import { parsePath, pathText, type SettingPath } from './setting-path.ts'
import { FILE_SCHEMA } from './settings-schema.ts'

/** What somebody means by a key such as `guard.maxDayLoss` or `markets["CS.D.EURUSD.CFD.IP"].presets.scalp.stop`. */
export type FoundKey =
  | { readonly kind: 'path'; readonly path: SettingPath }
  | { readonly kind: 'none'; readonly words: string }

/** @param settings in which markets and presets are looked up by epic and name */
export function findKey(key: string, settings: JsonValue): FoundKey {
  const steps = parsePath(key)
  if (key.split(/[^A-Za-z_-]+/).some(isCredentialName) || steps?.some(step => isCredentialName(String(step))))
    return none(CREDENTIAL_WORDS)
  if (!steps)
    return none(`expected a setting such as guard.maxDayLoss, but got ${shown(key)}; see scalpdesk config get`)
  const path: (string | number)[] = []
  let at: JsonValue | undefined = settings
  for (const step of steps) {
    const around = schemaAt(FILE_SCHEMA, path)
    const place: string | number | null = isList(around) ? entryOf(at, step) : String(step)
    if (place === null)
      return none(`expected an entry of ${pathText(path)}, but ${shown(String(step))} is none; ${entriesOf(at)}`)
    path.push(place)
    if (!schemaAt(FILE_SCHEMA, path)) {
      const known = namesOf(around)
      const otherwise = known.length > 0 ? `known here: ${known.join(', ')}` : 'it has no fields'
      return none(`expected a setting, but ${pathText(path)} is none; ${advice(String(step), known, otherwise)}`)
    }
    at = childOf(at, place)
  }
  return { kind: 'path', path }
}

export function settingAt(value: JsonValue, path: SettingPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(childOf, value)
}

function childOf(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(step)] as JsonValue | undefined
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

const isList = (schema: ReturnType<typeof schemaAt>): boolean =>
  schema !== null && withoutNull(schema) instanceof z.ZodMiniArray

/** By number, or by the epic or name that it has; one number behind the last is where another one would stand. */
function entryOf(list: JsonValue | undefined, step: string | number): number | null {
  const entries = Array.isArray(list) ? list : []
  if (/^\d{1,4}$/.test(String(step))) return Number(step) <= entries.length ? Number(step) : null
  const found = entries.findIndex(entry => nameOf(entry) === step)
  return found < 0 ? null : found
}

function entriesOf(list: JsonValue | undefined): string {
  const names = (Array.isArray(list) ? list : []).flatMap(entry => nameOf(entry) ?? [])
  return names.length > 0 ? `known here: ${names.join(', ')}, and their numbers from 0` : 'give its number, from 0'
}

function nameOf(entry: JsonValue): string | null {
  const name = isJsonObject(entry) ? (entry.epic ?? entry.name ?? entry.chord) : null
  return typeof name === 'string' ? name : null
}

const shown = (text: string): string => JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
const LONGEST = 60

const none = (words: string): FoundKey => ({ kind: 'none', words })
