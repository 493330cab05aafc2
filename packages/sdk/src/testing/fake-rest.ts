import type { Call } from '../rest/call.ts'
import type { Rest } from '../rest/rest.ts'
import type { HttpResponse } from '../transport/http-response.ts'

export interface FakeRest extends Rest {
  /** Method and path of every call, such as `GET /markets?epics=A`, with ` v2` behind it. */
  readonly asked: readonly string[]
  /** Parsed bodies of the calls, in the same order; `undefined` where there was none. */
  readonly bodies: readonly unknown[]
}

/** Answers each call with the next of these; an `Error` is thrown. @param script JSON values, or whole responses for `answer`. */
export function fakeRest(script: readonly (unknown | Error)[]): FakeRest {
  const asked: string[] = []
  const bodies: unknown[] = []
  const left = [...script]
  function next(call: Call): unknown {
    asked.push(`${call.route.method} ${call.path} v${call.route.version}`)
    bodies.push(call.body === undefined ? undefined : JSON.parse(call.body))
    if (left.length === 0) throw new Error(`the script has no answer for ${asked.at(-1)}`)
    const answer = left.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
  return {
    asked,
    bodies,
    read: async call => next(call),
    write: async call => next(call),
    answer: async call => next(call) as HttpResponse,
  }
}
