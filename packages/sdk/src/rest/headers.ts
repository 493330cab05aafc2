import { VERSION } from '../version.ts'

export const JSON_TYPE = 'application/json; charset=UTF-8'

/** Our choice: names this package, so that IG's support can tell who is asking. */
const USER_AGENT = `scalpdesk-sdk/${VERSION}`

/** Of every call. Source: IG Labs, REST trading API guide, "Request headers". */
export function baseHeaders(apiKey: string, version: number): Readonly<Record<string, string>> {
  return { 'X-IG-API-KEY': apiKey, Version: String(version), Accept: JSON_TYPE, 'User-Agent': USER_AGENT }
}

/** What may stand in a header line that we write ourselves: visible ASCII characters. */
export function isHeaderValue(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value)
}
