import { isJsonObject, type JsonDocument, type JsonValue } from './json-document.ts'
import type { SettingPath } from './setting-path.ts'
import type { SettingsProblem } from './settings-problem.ts'

/** Whether a field of that name would hold a secret. Settings are copied, shown and sent to others: secrets are kept elsewhere. */
export function isCredentialName(name: string): boolean {
  return CREDENTIAL.test(name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase())
}

/** What is said of one; never its value. */
export const CREDENTIAL_WORDS =
  'expected no credentials in the settings, but this field looks like one; take it away, and keep secrets in the environment (SCALPDESK_API_KEY, SCALPDESK_USERNAME, SCALPDESK_PASSWORD)'

export function credentialProblems(document: JsonDocument, file: string): readonly SettingsProblem[] {
  return credentialPaths(document.value, []).map(path => ({
    file,
    path,
    place: document.placeOfName(path),
    words: CREDENTIAL_WORDS,
  }))
}

function credentialPaths(value: JsonValue, path: SettingPath): readonly SettingPath[] {
  if (Array.isArray(value)) return value.flatMap((inner, at) => credentialPaths(inner, [...path, at]))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = [...path, name]
    return isCredentialName(name) ? [field] : credentialPaths(inner, field)
  })
}

/** Names of a login in IG's API (IG Labs, REST API reference, "Session") and their like. No setting has such a name. */
const CREDENTIAL =
  /password|passwd|passphrase|passcode|apikey|token|secret|credential|privatekey|username|identifier|^cst$|^login$|^pin$|^pwd$/
