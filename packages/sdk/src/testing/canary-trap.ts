import { inspect } from 'node:util'

/** Gathers everything that a program could print, log or store, and finds what must not be in it. */
export interface CanaryTrap {
  /** Must never be seen: also in base64 or encoded for a URL. */
  plant(secret: string): void
  /** @param what names it where it leaks. */
  take(what: string, value: unknown): void
  /** What leaked, each as one line. */
  leaks(): readonly string[]
  /** The names of the errors that were taken, each once. */
  errorNames(): ReadonlySet<string>
}

export function canaryTrap(): CanaryTrap {
  const secrets = new Set<string>()
  const taken: (readonly [what: string, text: string])[] = []
  const names = new Set<string>()

  function take(what: string, value: unknown): void {
    for (const text of textsOf(value)) taken.push([what, text])
    if (!(value instanceof Error)) return
    names.add(value.name)
    for (const text of [value.message, value.stack ?? '']) taken.push([what, text])
    if (value.cause !== undefined) take(`${what}, its cause`, value.cause)
    if (value instanceof AggregateError) for (const each of value.errors) take(`${what}, one of its errors`, each)
  }

  return {
    plant: secret => void secrets.add(secret),
    take,
    leaks() {
      const wanted = [...secrets].flatMap(formsOf)
      const found = taken.flatMap(([what, text]) => {
        const form = wanted.find(each => text.includes(each))
        return form === undefined ? [] : [`${what} shows ${form}: ${around(text, form)}`]
      })
      return [...new Set(found)]
    },
    errorNames: () => names,
  }
}

/** Every way in which a value becomes a text. */
function textsOf(value: unknown): readonly string[] {
  return [
    inspect(value, { depth: 9, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    inspect(value, { depth: 9, getters: true }),
    ...(value instanceof Error ? [JSON.stringify(value, Object.getOwnPropertyNames(value))] : []),
    safeJson(value),
    String(value),
  ]
}

/** What has circles has no JSON. */
function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]
}

function around(text: string, form: string): string {
  const at = text.indexOf(form)
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + form.length + 20))
}
