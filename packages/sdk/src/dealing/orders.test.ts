import { waitFor } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectIg } from '../connect-ig.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { Ig } from '../ig.ts'
import type { OpenOrder } from '../order.ts'
import { systemClock } from '../system-clock.ts'
import { type Answer, json, type RudeServer, raw, startRudeServer } from '../testing/rude-server.ts'

const TIMEOUT_MS = 400
const order: OpenOrder = {
  reference: dealReference('REF-1'),
  market: { epic: epic('CS.D.EURUSD.CFD.IP'), expiry: '-', currency: 'USD' },
  direction: 'BUY',
  size: new Decimal('0.5'),
  stop: { distancePoints: new Decimal('8') },
}

let server: RudeServer
let ig: Ig

beforeEach(async () => {
  server = await startRudeServer()
  ig = await connectIg({
    environment: server.url,
    credentials: { apiKey: 'canary-key', identifier: 'mock', password: 'canary-password' },
    requestTimeoutMs: TIMEOUT_MS,
  })
})

afterEach(async () => {
  await ig.close()
  await server.close()
})

describe('one order, one request, whatever the server does', () => {
  const ok = { dealReference: 'REF-1' }
  const okText = JSON.stringify(ok)
  const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n${okText.slice(0, 8)}\r\n${(okText.length - 8).toString(16)}\r\n${okText.slice(8)}\r\n0\r\n\r\n`

  it.each<readonly [title: string, answer: Answer, kind: string]>([
    ['a plain acknowledgement', json(200, ok), 'acknowledged'],
    ['a chunked one', chunked, 'acknowledged'],
    ['one after 100 Continue', `HTTP/1.1 100 Continue\r\n\r\n${json(200, ok)}`, 'acknowledged'],
    ['one that ends with the connection', s => s.end(`HTTP/1.1 200 OK\r\n\r\n${okText}`), 'acknowledged'],
    ['one, then a reset', s => s.write(json(200, ok), () => s.resetAndDestroy()), 'acknowledged'],
    ['one in drops', s => [...json(200, ok)].forEach(byte => void s.write(byte)), 'acknowledged'],
    ['one with more bytes behind', `${json(200, ok)}HTTP/1.1 500`, 'acknowledged'],
    ['a refusal with a code', json(400, { errorCode: 'validation.null-not-allowed.request.size' }), 'rejected'],
    ['an unknown instrument', json(404, { errorCode: 'error.trading.otc.instrument-not-found' }), 'rejected'],
    ['400 without a code', json(400, { errorCode: null }), 'unknown'],
    ['400 with HTML', raw(400, '<html>bad</html>'), 'unknown'],
    ['403 with plain text', raw(403, 'puredeal:err:(none):403 Access forbidden!'), 'unknown'],
    ['408 of a proxy', raw(408, ''), 'unknown'],
    ['500 with a code', json(500, { errorCode: 'system.error' }), 'unknown'],
    ['500 with a null code', json(500, { errorCode: null }), 'unknown'],
    ['502 with HTML', raw(502, '<html>Bad gateway</html>'), 'unknown'],
    ['504 after acceptance', json(504, { errorCode: 'error.trading.timeout' }), 'unknown'],
    ['200 with an empty body', raw(200, ''), 'unknown'],
    ['200 with HTML', raw(200, '<html>maintenance</html>'), 'unknown'],
    ['200 with cut JSON', raw(200, '{"dealReference":'), 'unknown'],
    ['200 with null', raw(200, 'null'), 'unknown'],
    ['200 with a list', raw(200, '[]'), 'unknown'],
    ['200 without reference', json(200, {}), 'unknown'],
    ['200 with a null reference', json(200, { dealReference: null }), 'unknown'],
    ['200 for somebody else', json(200, { dealReference: 'REF-2' }), 'unknown'],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'unknown'],
    ['a redirect', raw(302, '', { Location: '/elsewhere' }), 'unknown'],
    ['a reset before the head', s => s.resetAndDestroy(), 'unknown'],
    ['an end before the head', s => s.end(), 'unknown'],
    ['a reset in the head', s => s.write('HTTP/1.1 200 OK\r\nContent-', () => s.resetAndDestroy()), 'unknown'],
    [
      'a reset after the head',
      s => s.write('HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n', () => s.resetAndDestroy()),
      'unknown',
    ],
    [
      'a body that is cut',
      s => s.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"dealReference":"REF-1"}'),
      'unknown',
    ],
    ['chunks that are cut', s => s.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n19\r\n{"deal'), 'unknown'],
    ['two lengths', `HTTP/1.1 200 OK\r\nContent-Length: 25\r\nContent-Length: 2\r\n\r\n${okText}`, 'unknown'],
    [
      'a length and chunks',
      `HTTP/1.1 200 OK\r\nContent-Length: 25\r\nTransfer-Encoding: chunked\r\n\r\n${okText}`,
      'unknown',
    ],
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', 'unknown'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n', 'unknown'],
    ['an endless head', s => void s.write(`HTTP/1.1 200 OK\r\n${'X-Y: z\r\n'.repeat(10_000)}`), 'unknown'],
    ['a huge body', 'HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n', 'unknown'],
    ['no answer', () => {}, 'unknown'],
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{', 'unknown'],
  ])('%s', async (_title, answer, kind) => {
    server.onOrder(answer)
    const submission = await ig.positions.open(order)
    expect(submission.kind).toBe(kind)
    expect(server.orders()).toHaveLength(1)
    expectNoSecrets(submission)
    // The next one finds its way, on a connection that the last one has not spoiled.
    server.onOrder(json(200, ok))
    expect((await ig.positions.open(order)).kind).toBe('acknowledged')
    expect(server.orders()).toHaveLength(2)
  })

  it('dead tokens: the next entry waits for others and is unsent without, and a close goes all the same', async () => {
    server.onOrder(json(401, { errorCode: 'error.security.client-token-invalid' }))
    const dead = await ig.positions.open(order)
    expect(dead).toMatchObject({ kind: 'rejected', code: 'error.security.client-token-invalid' })
    expectNoSecrets(dead)
    server.onOrder(json(200, ok))
    expect((await ig.positions.open(order)).kind).toBe('unsent')
    expect(server.orders()).toHaveLength(1)
    const close = { dealId: dealId('DIAAAA1'), direction: 'SELL', size: new Decimal(1) } as const
    expect((await ig.positions.close(close)).kind).not.toBe('unsent')
    expect(server.orders()).toHaveLength(2)
  })

  it('no allowance left: the next entry is told when it may go, and a close goes all the same', async () => {
    server.onOrder(json(403, { errorCode: 'error.public-api.exceeded-account-trading-allowance' }))
    expect((await ig.positions.open(order)).kind).toBe('rejected')
    server.onOrder(json(200, ok))
    const held = await ig.positions.open(order)
    expect(held).toMatchObject({ kind: 'unsent', cause: { name: 'AllowanceError', retryAtMs: expect.any(Number) } })
    expect(server.orders()).toHaveLength(1)
    const close = { dealId: dealId('DIAAAA1'), direction: 'SELL', size: new Decimal(1) } as const
    expect((await ig.positions.close(close)).kind).toBe('acknowledged')
    expect(server.orders()).toHaveLength(2)
  })

  it('nobody listens any more: the order is never claimed to have been refused or taken', async () => {
    await server.close()
    const submission = await ig.positions.open(order)
    // The first may have been handed to a connection whose end we had not heard of yet: then nobody can know.
    expect(['unsent', 'unknown']).toContain(submission.kind)
    expect((await ig.positions.open(order)).kind).toBe('unsent')
    expectNoSecrets(submission)
  })

  it('a closed connection sends nothing', async () => {
    await ig.close()
    expect((await ig.positions.open(order)).kind).toBe('unsent')
    expect(server.orders()).toHaveLength(0)
  })

  it('tells IG’s code and status word for word', async () => {
    server.onOrder(json(400, { errorCode: 'error.trading.otc.market-orders.not-supported-for-epic' }))
    expect(await ig.positions.open(order)).toMatchObject({
      kind: 'rejected',
      code: 'error.trading.otc.market-orders.not-supported-for-epic',
      httpStatus: 400,
    })
  })
})

describe('what leaves', () => {
  it('an open names our reference, every leg, and exact numbers', async () => {
    const size = new Decimal('1234567.000000000001')
    const submission = await ig.positions.open({
      ...order,
      size,
      stop: { distancePoints: new Decimal('1e-7'), isGuaranteed: true },
      limit: { distancePoints: new Decimal('12.50') },
    })
    expect(submission).toMatchObject({ kind: 'acknowledged', reference: 'REF-1' })
    const [sent] = server.orders()
    expect(sent?.method).toBe('POST')
    expect(sent?.path).toBe('/gateway/deal/positions/otc')
    expect(sent?.headers.get('version')).toBe('2')
    expect(sent?.headers.get('x-ig-api-key')).toBe('canary-key')
    expect(sent?.headers.get('cst')).toBe('canary-cst')
    expect(sent?.headers.get('x-security-token')).toBe('canary-xst')
    expect(sent?.headers.has('_method')).toBe(false)
    expect(sent?.body).toBe(
      '{"currencyCode":"USD","dealReference":"REF-1","direction":"BUY","epic":"CS.D.EURUSD.CFD.IP","expiry":"-",' +
        '"forceOpen":true,"guaranteedStop":true,"orderType":"MARKET","size":1234567.000000000001,' +
        '"stopDistance":0.0000001,"limitDistance":12.5}',
    )
  })

  it('a close is a POST that says DELETE, with the deal id and no epic', async () => {
    await ig.positions.close({ dealId: dealId('DIAAAA1'), direction: 'SELL', size: new Decimal(1) })
    const [sent] = server.orders()
    expect(sent?.method).toBe('POST')
    expect(sent?.headers.get('_method')).toBe('DELETE')
    expect(sent?.headers.get('version')).toBe('1')
    expect(sent?.body).toBe('{"dealId":"DIAAAA1","direction":"SELL","orderType":"MARKET","size":1}')
  })

  it('an amend always names both legs, because IG removes one that is left out', async () => {
    await ig.positions.amend({ dealId: dealId('DIAAAA1'), stopLevel: new Decimal('1.08'), limitLevel: null })
    const [sent] = server.orders()
    expect(`${sent?.method} ${sent?.path}`).toBe('PUT /gateway/deal/positions/otc/DIAAAA1')
    expect(sent?.headers.get('version')).toBe('2')
    expect(sent?.body).toBe('{"guaranteedStop":false,"limitLevel":null,"stopLevel":1.08,"trailingStop":false}')
  })

  it.each([
    ['zero', new Decimal(0)],
    ['negative', new Decimal(-1)],
    ['not a number', new Decimal(Number.NaN)],
    ['endless', new Decimal(Number.POSITIVE_INFINITY)],
    ['too fine', new Decimal('0.0000000000001')],
  ])('an order of a size that is %s does not, and is told as unsent', async (_title, size) => {
    const unsent = { kind: 'unsent', cause: { name: 'InvalidInputError', code: 'invalid-input' } }
    expect(await ig.positions.open({ ...order, size })).toMatchObject(unsent)
    expect(await ig.positions.close({ dealId: dealId('DIAAAA1'), direction: 'SELL', size })).toMatchObject(unsent)
    expect(server.orders()).toHaveLength(0)
  })

  it('an order whose direction is neither does not', async () => {
    const sent = await ig.positions.open({ ...order, direction: JSON.parse('"LONG"') })
    expect(sent).toMatchObject({ kind: 'unsent', cause: { code: 'invalid-input' } })
    expect(server.orders()).toHaveLength(0)
  })

  it('an amend that would take a guaranteed stop away does not', async () => {
    const amend = { dealId: dealId('DIAAAA1'), stopLevel: null, limitLevel: null, isGuaranteed: true }
    // @ts-expect-error: nor does it compile
    expect(await ig.positions.amend(amend)).toMatchObject({ kind: 'unsent', cause: { code: 'invalid-input' } })
    expect(server.orders()).toHaveLength(0)
  })
})

describe('the way to the socket', () => {
  it('is one turn: the bytes are handed over before open() returns, also when the connection was used before', async () => {
    for (let turn = 0; turn < 3; turn++) {
      let wiredAtMs = 0
      const before = systemClock.monotonicMs()
      const submission = ig.positions.open(order, {
        onWire: atMs => {
          wiredAtMs = atMs
        },
      })
      expect(wiredAtMs).toBeGreaterThanOrEqual(before)
      await submission
    }
  })

  it('is never behind a read that hangs, nor behind another order', async () => {
    server.on('/positions', () => {})
    const read = ig.positions.list().catch(error => error)
    server.onOrder(() => {})
    const hanging = ig.positions.open(order)
    await waitFor('the first order', () => server.orders().length === 1)
    server.onOrder(json(200, { dealReference: 'REF-1' }))
    expect((await ig.positions.open(order)).kind).toBe('acknowledged')
    expect((await hanging).kind).toBe('unknown')
    expect(await read).toMatchObject({ name: 'TransportError' })
  })

  it('waits for a connection no longer than it is told to', async () => {
    server.onOrder(() => {})
    const hanging = Array.from({ length: 8 }, () => ig.positions.open(order))
    await waitFor('all connections in use', () => server.orders().length === 8)
    const late = await ig.positions.open(order, { connectWithinMs: 20 })
    expect(late).toMatchObject({ kind: 'unsent', cause: { message: expect.stringContaining('within 20 ms') } })
    await Promise.all(hanging)
    expect(server.orders()).toHaveLength(8)
  })

  it('carries many orders at once, each of them once', async () => {
    const sent = await Promise.all(Array.from({ length: 30 }, () => ig.positions.open(order)))
    expect(sent.map(submission => submission.kind)).toEqual(Array.from({ length: 30 }, () => 'acknowledged'))
    expect(server.orders()).toHaveLength(30)
  })
})

function expectNoSecrets(value: object): void {
  const cause = 'cause' in value && value.cause instanceof Error ? value.cause : null
  const text = `${JSON.stringify(value)} ${cause?.stack} ${String(cause?.cause)} ${JSON.stringify(cause)}`
  expect(text).not.toContain('canary')
}
