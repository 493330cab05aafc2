import { waitFor } from '@scalpdesk/testkit'
import type { MockBroker } from '../server/index.ts'
import type { RestClient } from './rest-client.ts'

/** One TLCP request over HTTP and its answer, line by line as it comes. */
export interface HttpStream {
  readonly status: number
  readonly lines: readonly string[]
  readonly isOver: boolean
  /** Waits for a line that fits, and gives it. */
  line(pattern: RegExp): Promise<string>
  /** Every line of an answer that ends. */
  whole(): Promise<readonly string[]>
  cut(): void
}

export async function requestStream(
  broker: MockBroker,
  name: string,
  body: string,
  query = 'LS_protocol=TLCP-2.4.0',
): Promise<HttpStream> {
  const stop = new AbortController()
  const url = `${broker.stream}/lightstreamer/${name}.txt?${query}`
  const response = await fetch(url, { method: 'POST', body, signal: stop.signal })
  const lines: string[] = []
  let rest = ''
  let isOver = false
  void read(response.body)
  async function read(source: AsyncIterable<Uint8Array> | null): Promise<void> {
    try {
      for await (const bytes of source ?? []) {
        const parts = (rest + Buffer.from(bytes).toString()).split('\r\n')
        rest = parts.pop() ?? ''
        lines.push(...parts)
      }
    } catch {
      // Cut off, by us or by the broker: what came stays.
    }
    isOver = true
  }
  return {
    status: response.status,
    lines,
    get isOver() {
      return isOver
    },
    line: pattern => waitFor(`a line like ${pattern}`, () => lines.find(line => pattern.test(line))),
    async whole() {
      await waitFor('the end of the answer', () => isOver)
      return lines
    },
    cut: () => stop.abort(),
  }
}

/** What `create_session` sends for the signed-in client. */
export function credentialsOf({ tokens }: RestClient): string {
  const password = encodeURIComponent(`CST-${tokens.CST}|XST-${tokens['X-SECURITY-TOKEN']}`)
  return `LS_cid=test&LS_user=MOCK1&LS_password=${password}`
}
