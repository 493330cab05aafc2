import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** Chromium without a window, asked over its debugging pipe. @see Chrome DevTools Protocol, "Page", "Network", "Runtime", "Emulation" */
export interface Browser extends AsyncDisposable {
  /** What a page did when it was opened at a size and in a light. */
  open(url: string, view: View): Promise<OpenedPage>
}

interface View {
  readonly width: number
  readonly height: number
  readonly light: 'light' | 'dark'
}

interface OpenedPage {
  /** Every address that was asked for, the page's own first. */
  readonly requests: readonly string[]
  /** What the console would show: errors of scripts, refusals of the policy, dialogs. */
  readonly complaints: readonly string[]
  /** The value of an expression, as JSON carries it. */
  evaluate(expression: string): Promise<unknown>
  /** PNG of the whole page. */
  picture(): Promise<Uint8Array>
  pdf(): Promise<Uint8Array>
}

/** Where Chromium is installed; null: it is not. */
export function chromiumPath(): string | null {
  return (
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path)) ?? null
  )
}

export function openBrowser(path: string): Browser {
  const profile = mkdtempSync(join(tmpdir(), 'report-browser-'))
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe']
  const child = spawn(path, [...args, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const pipe = debuggingPipe(child)
  return {
    open: (url, view) => openPage(pipe, url, view),
    async [Symbol.asyncDispose]() {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

interface Pipe {
  ask(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>
  readonly heard: Message[]
  until(matches: (message: Message) => boolean): Promise<Message>
}

async function openPage(pipe: Pipe, url: string, view: View): Promise<OpenedPage> {
  const { targetId } = await pipe.ask('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await pipe.ask('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const ask = (method: string, params: object = {}) => pipe.ask(method, params, session)
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await ask(`${domain}.enable`)
  await ask('Emulation.setDeviceMetricsOverride', { ...view, deviceScaleFactor: 1, mobile: view.width < 600 })
  await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: view.light }] })
  const loaded = pipe.until(one => one.sessionId === session && one.method === 'Page.loadEventFired')
  await ask('Page.navigate', { url })
  await loaded
  const told = (method: string) => pipe.heard.filter(one => one.sessionId === session && one.method === method)
  return {
    get requests() {
      return told('Network.requestWillBeSent').map(one => String(Object(one.params?.request).url))
    },
    get complaints() {
      const methods = [
        'Runtime.exceptionThrown',
        'Runtime.consoleAPICalled',
        'Log.entryAdded',
        'Page.javascriptDialogOpening',
      ]
      return methods.flatMap(told).map(one => JSON.stringify(one.params))
    },
    async evaluate(expression) {
      const { result } = await ask('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
      return Object(result).value
    },
    async picture() {
      const { data } = await ask('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true })
      return Buffer.from(String(data), 'base64')
    },
    async pdf() {
      const { data } = await ask('Page.printToPDF', { preferCSSPageSize: true, printBackground: false })
      return Buffer.from(String(data), 'base64')
    },
  }
}

/** JSON messages, each ended by a zero byte, out on the fourth descriptor and in on the fifth. */
function debuggingPipe(child: ChildProcess): Pipe {
  const [, , , out, back] = child.stdio as [null, null, null, Writable, Readable]
  const heard: Message[] = []
  const waiting = new Set<{ matches: (message: Message) => boolean; take: (message: Message) => void }>()
  let rest = ''
  let lastId = 0
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', () => reject(new Error('expected an answer of the browser, but it ended')))
  })
  ended.catch(() => {})
  back.setEncoding('utf8')
  back.on('data', (text: string) => {
    const messages = `${rest}${text}`.split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages.map((one): Message => JSON.parse(one))) {
      heard.push(message)
      for (const one of waiting) if (one.matches(message)) one.take(message)
    }
  })
  const until = (matches: (message: Message) => boolean): Promise<Message> => Promise.race([ended, heardOne(matches)])
  const heardOne = (matches: (message: Message) => boolean): Promise<Message> =>
    new Promise(resolve => {
      const one = {
        matches,
        take(message: Message) {
          waiting.delete(one)
          resolve(message)
        },
      }
      waiting.add(one)
    })
  return {
    heard,
    until,
    async ask(method, params = {}, sessionId) {
      lastId += 1
      const id = lastId
      const answer = until(message => message.id === id)
      out.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
      const { result = {}, error } = await answer
      if (error !== undefined) throw new Error(`expected ${method} to work, but ${error.message}`)
      return result
    },
  }
}
