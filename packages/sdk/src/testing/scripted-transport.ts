import type { Exchange, HttpRequest, OrderOptions, Transport } from '../transport/transport.ts'

export interface ScriptedTransport extends Pick<Transport, 'sendOrder'> {
  /** Everything that was handed over, in order. */
  readonly sent: readonly { readonly request: HttpRequest; readonly options: OrderOptions }[]
}

/** Ends each order with the next of these; an `Error` is a transport that breaks its promise. */
export function scriptedTransport(script: readonly (Exchange | Error)[]): ScriptedTransport {
  const sent: { request: HttpRequest; options: OrderOptions }[] = []
  const left = [...script]
  return {
    sent,
    async sendOrder(request, options) {
      sent.push({ request, options })
      const end = left.shift() ?? new Error('the script has no end for this order')
      if (end instanceof Error) throw end
      if (end.kind !== 'unsent') options.onWire()
      return end
    },
  }
}

export function answered(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { kind: 'answered', response: { status, headers: new Map(Object.entries(headers)), body: text } }
}
