import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'

const ENTRY = new URL('./index.ts', import.meta.url).href

let folder: string
let server: WebSocketServer
let program: ChildProcess | null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tlcp-readme-'))
  program = null
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/lightstreamer' })
  await new Promise(resolve => server.once('listening', resolve))
})

afterEach(() => {
  program?.kill('SIGKILL')
  for (const client of server.clients) client.terminate()
  server.close()
  rmSync(folder, { recursive: true })
})

it('the example of the README runs, and ends by itself when interrupted', async () => {
  server.on('connection', socket => {
    const say = (...lines: string[]) => socket.send(lines.map(line => `${line}\r\n`).join(''))
    socket.on('message', data => {
      const message = String(data)
      if (message === 'wsok') say('WSOK')
      if (message.startsWith('create_session')) say('CONOK,S1,50000,1000,*')
      if (message.includes('LS_op=add')) say('SUBOK,1,1,2', 'CONF,1,unlimited,filtered', 'U,1,1,1.5|1.6', 'U,1,1,1.4|')
      if (message.includes('LS_op=destroy')) {
        say('END,31,bye')
        socket.close(1000)
      }
    })
  })
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
  if (example === undefined) throw new Error('expected an example in the README')
  expect(example).toContain('http://127.0.0.1:8080')
  const file = join(folder, 'main.mts')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const source = example.replace('http://127.0.0.1:8080', address).replace("'@scalpdesk/tlcp'", `'${ENTRY}'`)
  writeFileSync(file, source)

  let output = ''
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  program = child
  child.stdout.on('data', chunk => {
    output += String(chunk)
  })
  let exit: number | null | undefined
  child.on('exit', code => {
    exit = code
  })
  await waitFor('both rows', () => output.includes('1.4 1.6 false false'))
  child.kill('SIGINT')
  await waitFor('the program to end', () => exit !== undefined)
  expect(exit).toBe(0)
  expect(output).toBe('connecting\nlive\n1.5 1.6 true true\n1.4 1.6 false false\nclosed\n')
})
