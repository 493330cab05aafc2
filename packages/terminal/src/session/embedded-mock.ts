import { Worker } from 'node:worker_threads'

/** The mock broker on a thread of its own: its replay and its answers never make a key wait. */
export interface EmbeddedMock {
  readonly url: string
  readonly apiKey: string
  readonly username: string
  readonly password: string
  onNotice(listener: (text: string) => void): void
  close(): Promise<void>
}

/** What a person may set about it; also crosses to the worker. */
export interface MockSettings {
  readonly port?: number
  readonly replay?: readonly string[]
  readonly from?: string
  readonly speed?: number | 'max'
  readonly loop?: boolean
  readonly seed?: number
  readonly strict?: boolean
}

export type MockMessage =
  | {
      readonly kind: 'ready'
      readonly url: string
      readonly apiKey: string
      readonly username: string
      readonly password: string
    }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'closed' }

/** @throws when the mock cannot start, in the words it gives. */
export function startEmbeddedMock(settings: MockSettings, workerUrl: URL): Promise<EmbeddedMock> {
  const worker = new Worker(workerUrl, { workerData: settings })
  const noticeListeners: ((text: string) => void)[] = []
  const notices: string[] = []
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.on('message', (message: MockMessage) => {
      switch (message.kind) {
        case 'failed':
          void worker.terminate()
          return reject(new Error(message.message))
        case 'notice':
          notices.push(message.text)
          for (const listener of noticeListeners) listener(message.text)
          return
        case 'ready':
          return resolve({
            url: message.url,
            apiKey: message.apiKey,
            username: message.username,
            password: message.password,
            onNotice(listener) {
              for (const text of notices) listener(text)
              noticeListeners.push(listener)
            },
            async close() {
              worker.postMessage('close')
              await new Promise<void>(done => worker.once('exit', () => done()))
            },
          })
        case 'closed':
          return
      }
    })
  })
}
