import type { RawBody } from '../http/http-exchange.ts'

export type ParsedBody =
  /** @member value undefined when there was no body. */
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'unreadable' }

export function parseBody(body: RawBody): ParsedBody {
  if (body.kind === 'too long') return UNREADABLE
  return body.text === '' ? NO_BODY : parseJson(body.text)
}

function parseJson(text: string): ParsedBody {
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch {
    return text.trim() === '' ? NO_BODY : UNREADABLE
  }
}

export const NO_BODY: ParsedBody = { kind: 'json', value: undefined }
const UNREADABLE: ParsedBody = { kind: 'unreadable' }
