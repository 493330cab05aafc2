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
  const [template = ''] = route.path.split('?')
  const path = template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = parts.path?.[name]
    if (value === undefined) throw new Error(`expected a value for ${name} of ${route.path}; give it in parts.path`)
    return encodeURIComponent(value)
  })
  const query = Object.entries(parts.query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return {
    route,
    path: query === '' ? path : `${path}?${query}`,
    ...(parts.body === undefined ? {} : { body: parts.body }),
    ...(parts.wants === undefined ? {} : { wants: parts.wants }),
  }
}
