import type { Route } from './routes.ts'

/** One call of a route: a target that can be sent. */
export interface Call {
  readonly route: Route
  /** Below the base URL, with its query, encoded. */
  readonly path: string
  /** JSON text. */
  readonly body?: string
  readonly wants?: 'text' | 'bytes'
}

export interface CallParts {
  /** For each `{name}` of the route's path. */
  readonly path?: Readonly<Record<string, string>>
  /** In this order; an `undefined` one is left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** JSON text; objects of plain values may be given through `JSON.stringify`, decimals may not. */
  readonly body?: string
  readonly wants?: 'text' | 'bytes'
}

/** Fills in a route. Every part is percent-encoded here and nowhere else. */
export function callTo(route: Route, parts: CallParts = {}): Call {
  const { body, wants } = parts
  const path = pathOf(route, parts)
  if (body === undefined && wants === undefined) return { route, path }
  return { route, path, ...(body === undefined ? {} : { body }), ...(wants === undefined ? {} : { wants }) }
}

function pathOf(route: Route, parts: CallParts): string {
  const end = route.path.indexOf('?')
  const template = end === -1 ? route.path : route.path.slice(0, end)
  const path = template.includes('{') ? filled(template, parts.path ?? {}) : template
  if (parts.query === undefined) return path
  const query = Object.entries(parts.query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return query === '' ? path : `${path}?${query}`
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  let path = ''
  let at = 0
  for (let open = template.indexOf('{'); open !== -1; open = template.indexOf('{', at)) {
    const close = template.indexOf('}', open)
    const name = template.slice(open + 1, close)
    const value = values[name]
    if (value === undefined) throw new Error(`expected a value for ${name} of ${template}; give it in parts.path`)
    path += template.slice(at, open) + encodeURIComponent(value)
    at = close + 1
  }
  return path + template.slice(at)
}
