import { Worker } from 'node:worker_threads'
import type { MockBrokerOptions } from '@scalpdesk/mock-broker'

/** The mock broker on a thread of its own: its replay and its answers never make a key wait. */
export interface EmbeddedMock {
  readonly url: string
  readonly apiKey: string
  readonly username: string
  readonly password: string
  onNotice(listener: (text: string) => void): void
  close(): Promise<void>
}

/** One that was started ahead, with nothing said about it; not a promise, so that nobody waits for it by accident. */
export interface EarlyMock {
  readonly started: Promise<EmbeddedMock>
}

/** What a person may say about a mock broker on the command line. */
export interface MockFlags {
  readonly replay?: readonly string[]
  readonly from?: string
  readonly speed?: number | 'max'
  readonly loop?: boolean
  readonly strict?: boolean
  /** Minutes. */
  readonly gap?: number
  readonly seed?: number
  /** A file. */
  readonly faults?: string
  readonly allowances?: 'ig' | 'off'
}

/** The same as the broker takes it; crosses to the worker. */
export type MockSettings = Pick<
  MockBrokerOptions,
  'replay' | 'from' | 'speed' | 'loop' | 'strict' | 'gapMinutes' | 'seed' | 'faults' | 'allowances'
>

export type MockMessage =
  | {
      readonly kind: 'ready'
      readonly url: string
      readonly apiKey: string
      readonly username: string
      readonly password: string
    }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | null }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'closed' }

/** @throws when the mock cannot start, in the words it gives and with its `code`. */
export function startEmbeddedMock(settings: MockSettings, workerUrl: URL): Promise<EmbeddedMock> {
  const worker = new Worker(workerUrl, { workerData: settings })
  const noticeListeners: ((text: string) => void)[] = []
  const notices: string[] = []
  const gone = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  let isClosing = false
  function tell(text: string): void {
    notices.push(text)
    for (const listener of noticeListeners) listener(text)
  }
  return new Promise((resolve, reject) => {
    worker.on('error', error => {
      reject(error)
      tell(`the mock broker has failed: ${error instanceof Error ? error.message : String(error)}`)
    })
    void gone.then(() => {
      reject(new Error('expected the mock broker to start, but it ended; start again'))
      if (!isClosing) tell('the mock broker has ended: nothing trades any more, quit and start again')
    })
    worker.on('message', (message: MockMessage) => {
      switch (message.kind) {
        case 'failed':
          void worker.terminate()
          return reject(Object.assign(new Error(message.message), { code: message.code }))
        case 'notice':
          return tell(message.text)
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
              isClosing = true
              worker.postMessage('close')
              await gone
            },
          })
        case 'closed':
          return
      }
    })
  })
}
