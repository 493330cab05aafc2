import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** A program that closes its broker ends by itself, with nothing of the broker left: timers, sockets, files. */

const MOCK_BROKER = fileURLToPath(new URL('..', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaving-'))
  await mkdir(join(folder, 'home'))
  const lines = Array.from({ length: 5000 }, (_, index) => `${27_000_000 + index * 100},1.39460,1.39465`)
  await writeFile(join(folder, 'eurusd-20140508.csv'), `${lines.join('\n')}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

/** What happens to a broker that is closed amid everything: a tape, streams, a slow answer, planned faults, half a request. */
const PROGRAM = `
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { startMockBroker } from './server/index.ts'
import { OPEN, signIn } from './testing/rest-client.ts'

const openFiles = () => process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
// What the client loads for its first request stays open for good.
await fetch('data:,')
const before = openFiles()
for (let round = 0; round < 3; round++) {
  const broker = await startMockBroker({
    replay: [process.argv[1]],
    faults: [{ fault: 'slowReply', args: [60_000], match: 'open' }, { fault: 'goSilent', when: { afterMs: 60_000 } }],
    keepsHours: true,
  })
  const client = await signIn(broker)
  const socket = new WebSocket(broker.stream.replace('http', 'ws') + '/lightstreamer', ['TLCP-2.4.0.lightstreamer.com'])
  await new Promise(resolve => socket.on('open', resolve))
  socket.on('error', () => {})
  socket.send('create_session\\r\\nLS_cid=x&LS_user=MOCK1&LS_password=' + encodeURIComponent('CST-' + client.tokens.CST + '|XST-' + client.tokens['X-SECURITY-TOKEN']))
  await new Promise(resolve => socket.once('message', resolve))
  const half = connect(Number(new URL(broker.stream).port), '127.0.0.1')
  half.on('error', () => {}).resume()
  half.write('POST /gateway/deal/session HTTP/1.1\\r\\nContent-Length: 100\\r\\n\\r\\n{')
  const answer = client.send('POST', '/positions/otc', 2, OPEN).catch(() => 'cut')
  const decades = client.get('/prices/CS.D.EURUSD.CFD.IP?resolution=MONTH&max=500', 3).catch(() => 'cut')
  while (broker.requests().length < 3) await new Promise(resolve => setImmediate(resolve))
  await broker.close()
  await Promise.all([answer, decades, new Promise(resolve => half.destroyed ? resolve() : half.on('close', resolve))])
}
process.on('beforeExit', () => console.log('open files more than before: ' + (openFiles() - before)))
`

it('ends by itself after broker.close(), three times over, and left no file or socket open and none on the disk', async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', PROGRAM, join(folder, 'eurusd-20140508.csv')],
    { cwd: MOCK_BROKER, env: { TMPDIR: join(folder, 'home'), HOME: join(folder, 'home') }, timeout: 100_000 },
  )
  expect({ stdout, stderr: stderr.replace(/.*ExperimentalWarning.*\n.*\n/, '') }).toEqual({
    stdout: 'open files more than before: 0\n',
    stderr: '',
  })
  expect(await readdir(join(folder, 'home'))).toEqual([])
  expect(await readdir(folder)).toHaveLength(2)
})
