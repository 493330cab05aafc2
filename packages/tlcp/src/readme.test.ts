import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import * as tlcp from './index.ts'

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

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** A server of two rows for whatever is subscribed. */
function serve(): void {
  server.on('connection', socket => {
    const say = (...lines: string[]) => socket.send(lines.map(line => `${line}\r\n`).join(''))
    socket.on('message', data => {
      const message = String(data)
      if (message === 'wsok') say('WSOK')
      if (message.startsWith('create_session')) say('CONOK,S1,50000,1000,*')
      if (message.includes('LS_op=add')) {
        say('SUBOK,1,1,2', 'CONF,1,unlimited,filtered', 'U,1,1,1.5|1.6')
        setImmediate(say, 'U,1,1,1.4|')
      }
      if (message.includes('LS_op=destroy')) {
        say('END,31,bye')
        socket.close(1000)
      }
    })
  })
}

/** Runs an example until it has written something, and interrupts it; what it wrote. */
async function run(index: number, until: string): Promise<string> {
  const example = [...README.matchAll(/```ts\n([\s\S]*?)```/g)][index]?.[1]
  if (example === undefined) throw new Error(`expected example ${index} in the README`)
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
  await waitFor('both rows', () => output.includes(until))
  child.kill('SIGINT')
  await waitFor('the program to end', () => exit !== undefined)
  expect(exit).toBe(0)
  return output
}

it('the example of a listener runs, and ends by itself when interrupted', async () => {
  serve()
  const output = await run(0, '1.4 16 false false')
  expect(output).toBe('connecting\nlive\n1.5 16 true true\n1.4 16 false false\nclosed\n')
})

it('the example of a loop runs, and ends by itself when interrupted', async () => {
  serve()
  const output = await run(1, '1.4 1.6')
  expect(output).toMatch(/^active\n(?:1\.5 1\.6 1\n1\.4 1\.6 1|1\.4 1\.6 2)\n$/)
})

it('the table of points names a test that exists for each of the 33', () => {
  const rows = [...README.matchAll(/^\| (\d+) +\|.*\| ([\w-]+): (.*?) *\|$/gm)]
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 33 }, (_, index) => index + 1))
  const missing = rows.filter(([, , file = '', title = '']) => {
    const source = readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8')
    return !source.includes(title)
  })
  expect(missing.map(([row]) => row)).toEqual([])
})

it('names every export that is a value', () => {
  expect(Object.keys(tlcp).filter(name => !README.includes(`\`${name}`))).toEqual([])
})
