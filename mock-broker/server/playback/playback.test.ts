import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { at, OPEN, signIn } from '../../testing/rest-client.ts'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { startMockBroker } from '../index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const { closeLater } = startedBrokers()
describe('a tape', () => {
  it('drives its market with its own dates, tells of skipped lines, and takes no more deals after its end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'))
    const file = join(folder, 'eurusd-20140508.csv')
    await writeFile(file, '27000000,1.39460,1.39465\nrubbish\n27000500,1.39470,1.39460\n27001000,1.39480,1.39485\n')
    const notices: string[] = []
    const clock = manualClock()
    const broker = await startMockBroker({
      clock,
      replay: [file],
      delays: { acknowledgeMs: 0, confirmMs: 0 },
      onNotice: text => notices.push(text),
    })
    closeLater(broker)
    await rm(folder, { recursive: true })
    const client = await signIn(broker)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'taped' })
    expect(await client.get('/confirms/taped', 1)).toMatchObject({
      body: { date: '2014-05-08T12:30:00.000', level: 1.39465 },
    })
    clock.advance(1000)
    await waitFor('the end of the tape', () => notices.length === 2)
    expect(notices[0]).toContain('1 line of')
    expect(notices[0]).toContain('line 2 of')
    expect(notices[1]).toContain('EUR/USD takes no more deals (crossed quotes held back: 1)')
    expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({
      body: { snapshot: { bid: 1.3948, offer: 1.39485, marketStatus: 'EDITS_ONLY', high: 1.3948, low: 1.3946 } },
    })
  })

  it('starts again when it loops', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'))
    const file = join(folder, 'eurusd-20140508.csv')
    await writeFile(file, '27000000,1.39460,1.39465\n27000100,1.39480,1.39485\n')
    const clock = manualClock()
    const broker = await startMockBroker({ clock, replay: [file], loop: true })
    closeLater(broker)
    const client = await signIn(broker)
    const bid = async () => at((await client.get(`/markets/${EURUSD}`, 3)).body, 'snapshot', 'bid')
    expect(await bid()).toBe(1.3946)
    clock.advance(100)
    for (let tries = 0; (await bid()) !== 1.3946; tries++) expect(tries).toBeLessThan(100)
    await rm(folder, { recursive: true })
  })

  it('with a bad line far down is refused at the start when it is read strictly', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'))
    const file = join(folder, 'eurusd-20140508.csv')
    await writeFile(file, `${'27000000,1.39460,1.39465\n'.repeat(50_000)}rubbish\n`)
    await expect(startMockBroker({ replay: [file], strict: true })).rejects.toMatchObject({
      code: 'bad-line',
      message: expect.stringContaining('line 50001 of '),
    })
    await rm(folder, { recursive: true })
  })

  it('that breaks off closes its market with a notice, and the broker lives on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'))
    const file = join(folder, 'eurusd-20140508.csv.gz')
    const noise = Array.from(
      { length: 50_000 },
      (_, index) => `${27_000_000 + index * 7},1.3${9000 + ((index * 7919) % 997)},1.40000\n`,
    )
    const whole = gzipSync(noise.join(''))
    await writeFile(file, whole.subarray(0, whole.length - 100))
    const notices: string[] = []
    const broker = await startMockBroker({ replay: [file], speed: 'max', onNotice: text => notices.push(text) })
    closeLater(broker)
    await waitFor('the notice', () => notices.length > 0)
    expect(notices[0]).toMatch(/cannot be read .*; EUR\/USD takes no more deals/)
    const client = await signIn(broker)
    expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({
      body: { snapshot: { marketStatus: 'EDITS_ONLY' } },
    })
    await rm(folder, { recursive: true })
  })
})
