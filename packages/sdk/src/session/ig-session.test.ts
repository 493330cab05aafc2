import { inspect } from 'node:util'
import type { ManualClock } from '@scalpdesk/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import {
  bearerSession,
  clientOf,
  HOME,
  lost,
  no,
  OTHER,
  ok,
  type ScriptedSession,
  scriptedSession,
  session,
  settle,
  token,
} from '../testing/scripted-session.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { IgSession } from './ig-session.ts'

let clock: ManualClock
let script: ScriptedSession

beforeEach(() => {
  script = scriptedSession()
  clock = script.clock
})

function switchTo(its: IgSession, accountId: AccountId, makeDefault: boolean): Promise<void> {
  return its.switchAccount(async () => ({ accountId, makeDefault }))
}

/** IG's answer to whose the tokens are. */
const whose = (accountId: string, client: string): HttpResponse =>
  ok({ accountId }, { cst: client, 'x-security-token': `xst-of-${client}` })

describe('a session of version 2', () => {
  it('is renewed once for all who were refused, and the new tokens are for everyone', async () => {
    const its = script.withTokens()
    clock.advance(7 * 3_600_000)
    script.next(session('cst-2'))
    const refused = await its.auth()
    await Promise.all([its.renew(refused), its.renew(refused), its.renew(refused)])
    expect(clientOf(await its.auth())).toBe('cst-2')
    await its.renew(refused)
    expect(script.asked).toEqual(['POST /session v2'])
    expect(script.events).toEqual([{ kind: 'session', what: 'renewed' }])
  })

  it('holds orders while it is renewed, and gives them the new tokens afterwards', async () => {
    const its = script.withTokens()
    clock.advance(7 * 3_600_000)
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    const renewal = its.renew(await its.auth())
    const meanwhile = its.dealingHeaders(2, false, 'entry')
    expect(meanwhile.kind).toBe('waiting')
    resolve(session('cst-2'))
    await renewal
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({
      kind: 'ready',
      headers: { CST: 'cst-2', Version: '2' },
    })
  })

  it('gives the same headers object as long as nothing changed', async () => {
    const its = script.withTokens()
    const first = its.dealingHeaders(1, true, 'exit')
    expect(first).toMatchObject({ headers: { _method: 'DELETE', Version: '1' } })
    const second = its.dealingHeaders(1, true, 'exit')
    expect(first.kind === 'ready' && second.kind === 'ready' && first.headers === second.headers).toBe(true)
  })

  it('orders do not wait while tokens that the streams alone refuse are replaced, and go on with the new ones', async () => {
    const its = script.withTokens()
    clock.advance(61_000)
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    const renewal = its.renewForStreams(its.lastAuth)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-1' } })
    // Unless an order finds out that they are refused for it as well.
    its.renew(its.lastAuth).catch(() => {})
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('waiting')
    resolve(session('cst-2'))
    await renewal
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-2' } })
  })

  it('orders go on with tokens that the streams alone refuse; nobody signs in for them within a minute', async () => {
    const its = script.withTokens()
    await expect(its.renewForStreams(its.lastAuth)).rejects.toMatchObject({ code: 'session-lost' })
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('ready')
    expect(await its.auth()).toBe(its.lastAuth)
    expect(script.asked).toEqual([])
  })

  it('never knocks again once the password was refused', async () => {
    const its = script.withTokens()
    clock.advance(7 * 3_600_000)
    script.next(no(401, 'error.security.invalid-details'))
    const auth = await its.auth()
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(its.renew(auth)).rejects.toMatchObject({
        name: 'SignInError',
        code: 'error.security.invalid-details',
      })
      clock.advance(3_600_000)
    }
    await expect(its.auth()).rejects.toMatchObject({ name: 'SignInError' })
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'closed', cause: { name: 'SignInError' } })
    expect(script.asked).toHaveLength(1)
  })

  it('tries again after a pause that grows when IG could not be reached, and not in between', async () => {
    const its = script.withTokens()
    clock.advance(7 * 3_600_000)
    const auth = await its.auth()
    const pauses: number[] = []
    for (let failure = 0; failure < 4; failure++) {
      script.next(lost())
      await expect(its.renew(auth)).rejects.toMatchObject({ code: 'no-answer' })
      const before = script.asked.length
      let waitedMs = 0
      // Nobody asks while the pause lasts, however often they are asked to.
      script.next(lost())
      while (script.asked.length === before) {
        clock.advance(50)
        waitedMs += 50
        await its.renew(auth).catch(() => {})
      }
      pauses.push(waitedMs)
    }
    expect(pauses[0]).toBeGreaterThanOrEqual(500)
    for (let index = 1; index < pauses.length; index++) {
      expect(pauses[index]).toBeGreaterThan(pauses[index - 1] ?? 0)
    }
  })
})

describe('switching the account', () => {
  it('takes both new tokens, and stays on that account when the session is renewed', async () => {
    const its = script.withTokens()
    script.next(ok({}, { cst: 'cst-2', 'x-security-token': 'xst-2' }))
    await switchTo(its, OTHER, true)
    expect(script.bodies).toEqual([{ accountId: 'ABC13', defaultAccount: true }])
    expect(its.accountId).toBe(OTHER)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({
      headers: { CST: 'cst-2', 'X-SECURITY-TOKEN': 'xst-2' },
    })

    clock.advance(7 * 3_600_000)
    script.next(session('cst-3'))
    script.next(ok({}, { cst: 'cst-4', 'x-security-token': 'xst-4' }))
    await its.renew(await its.auth())
    expect(script.asked.slice(1)).toEqual(['POST /session v2', 'PUT /session v1'])
    expect(its.accountId).toBe(OTHER)
  })

  it('takes no order until it is done', async () => {
    const its = script.withTokens()
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    const done = switchTo(its, OTHER, false)
    await settle()
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'closed', cause: { code: 'switching' } })
    resolve(ok({}, { cst: 'cst-2', 'x-security-token': 'xst-2' }))
    await done
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('ready')
  })

  it('a refusal changes nothing', async () => {
    const its = script.withTokens()
    script.next(no(400, 'error.switch.invalid-accountId'))
    await expect(switchTo(its, OTHER, false)).rejects.toMatchObject({ code: 'error.switch.invalid-accountId' })
    expect(its.accountId).toBe(HOME)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-1' } })
  })

  it.each([
    ['an answer that never came', lost()],
    ['an empty answer', { status: 200, headers: new Map(), body: '' }],
    ['an answer without tokens', ok({})],
    ['HTML', { status: 200, headers: new Map(), body: '<html>' }],
    ['a redirect', { status: 302, headers: new Map(), body: '' }],
  ])('%s is settled by asking whose the tokens are: the account before', async (_title, answer) => {
    const its = script.withTokens()
    script.next(answer)
    script.next(whose('ABC12', 'cst-1'))
    await expect(switchTo(its, OTHER, false)).rejects.toBeInstanceOf(Error)
    expect(script.asked).toEqual(['PUT /session v1', 'GET /session?fetchSessionTokens=true v1'])
    expect(its.accountId).toBe(HOME)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-1' } })
  })

  it('an answer that never came to a switch that was done: it is done', async () => {
    const its = script.withTokens()
    script.next(lost())
    script.next(whose('ABC13', 'cst-2'))
    await switchTo(its, OTHER, false)
    expect(its.accountId).toBe(OTHER)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({
      headers: { CST: 'cst-2', 'X-SECURITY-TOKEN': 'xst-of-cst-2' },
    })
  })

  it('tokens that are no longer taken then are made anew, on the account before', async () => {
    const its = script.withTokens()
    clock.advance(3_600_000)
    script.next(lost())
    script.next(no(401, 'error.security.account-token-invalid'))
    script.next(session('cst-2'))
    await expect(switchTo(its, OTHER, false)).rejects.toMatchObject({ code: 'no-answer' })
    expect(its.accountId).toBe(HOME)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-2' } })
  })

  it('where nobody can tell, no order is taken with tokens that may belong to either account', async () => {
    const its = script.withTokens()
    clock.advance(3_600_000)
    script.next(lost())
    script.next(lost())
    await expect(switchTo(its, OTHER, false)).rejects.toBeInstanceOf(TransportError)
    const gate = its.dealingHeaders(2, true, 'exit')
    if (gate.kind !== 'waiting') throw new Error(`expected waiting, got ${gate.kind}`)
    script.next(session('cst-2'))
    clock.advance(60_000)
    // Whoever waits is told when there are good tokens again.
    await gate.until
    expect(its.accountId).toBe(HOME)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-2' } })
    await its.close()
    expect(clock.pending).toBe(0)
  })

  it('takes no order from the call on, also while the account is looked up', async () => {
    const its = script.withTokens()
    const { promise, resolve } = Promise.withResolvers<null>()
    const done = its.switchAccount(() => promise)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'closed', cause: { code: 'switching' } })
    resolve(null)
    await done
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('ready')
    expect(script.asked).toEqual([])
  })

  it('two at once come one after the other, each with the tokens of the one before, and the last one counts', async () => {
    const its = script.withTokens()
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    script.next(ok({}, { cst: 'cst-3', 'x-security-token': 'xst-3' }))
    const first = switchTo(its, OTHER, false)
    const second = switchTo(its, HOME, false)
    await settle()
    expect(script.asked).toHaveLength(1)
    resolve(ok({}, { cst: 'cst-2', 'x-security-token': 'xst-2' }))
    await Promise.all([first, second])
    expect(its.accountId).toBe(HOME)
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ headers: { CST: 'cst-3' } })
  })

  it('with version 3 only the header changes', async () => {
    const its = script.withBearer()
    await switchTo(its, OTHER, false)
    expect(script.asked).toEqual([])
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({
      headers: { Authorization: 'Bearer at-1', 'IG-ACCOUNT-ID': 'ABC13' },
    })
    await its.close()
  })
})

describe('a session of version 3', () => {
  it('a close may use a token at its end where there is no other; an entry may not', async () => {
    const its = script.withBearer()
    script.next(lost())
    script.next(lost())
    clock.advance(55_600)
    await settle()
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('ready')
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('waiting')
    // Nor does it wait for a renewal that IG may never answer.
    script.next(new Promise(() => {}))
    clock.advance(4_000)
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('waiting')
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('ready')
    clock.advance(1_000)
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('waiting')
  })

  it('replaces its token before it ends, with the newest refresh token each time', async () => {
    const its = script.withBearer()
    script.next(ok(token('at-2', 'rt-2')))
    script.next(ok(token('at-3', 'rt-3')))
    clock.advance(40_000)
    await settle()
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ headers: { Authorization: 'Bearer at-2' } })
    clock.advance(40_000)
    await settle()
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ headers: { Authorization: 'Bearer at-3' } })
    expect(script.bodies).toEqual([{ refresh_token: 'rt-1' }, { refresh_token: 'rt-2' }])
    await its.close()
    expect(clock.pending).toBe(0)
  })

  it('an order never leaves with a token that could end on its way', async () => {
    const its = script.withBearer()
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    clock.advance(56_000)
    const gate = its.dealingHeaders(2, false, 'entry')
    if (gate.kind !== 'waiting') throw new Error(`expected waiting, got ${gate.kind}`)
    resolve(ok(token('at-2', 'rt-2')))
    await gate.until
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ headers: { Authorization: 'Bearer at-2' } })
    await its.close()
  })

  it('goes on trying while IG cannot be reached', async () => {
    const its = script.withBearer()
    for (let attempt = 0; attempt < 3; attempt++) script.next(lost())
    script.next(ok(token('at-2', 'rt-2')))
    for (let second = 0; second < 120 && script.asked.length < 4; second++) {
      clock.advance(1_000)
      await settle()
    }
    expect(clientOf(await its.auth())).toBe('at-2')
    await its.close()
  })

  it('signs in again, on the same account, when the refresh token has ended too', async () => {
    const its = script.withBearer()
    await switchTo(its, OTHER, false)
    for (let attempt = 0; attempt < 6; attempt++) script.next(lost())
    script.next(no(401, 'error.security.oauth-token-invalid'))
    script.next(bearerSession('at-9', 'rt-9'))
    for (let second = 0; second < 300 && script.asked.length < 8; second++) {
      clock.advance(1_000)
      await settle()
    }
    expect(clientOf(await its.auth())).toBe('at-9')
    expect(script.asked.slice(-2)).toEqual(['POST /session/refresh-token v1 ABC13', 'POST /session v3'])
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ headers: { 'IG-ACCOUNT-ID': 'ABC13' } })
    await its.close()
  })

  it('a token that cannot be one is not shown', async () => {
    const its = script.withBearer()
    script.next(ok(token('canary\r\n', 'rt-2')))
    const failure: unknown = await its.renew(await its.auth()).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'no-tokens' })
    expect(inspect(failure)).not.toContain('canary')
    await its.close()
  })
})

describe('closing', () => {
  it('waits for what is under way, and signs out with what came of it', async () => {
    const its = script.withTokens()
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    const switching = switchTo(its, OTHER, false)
    await settle()
    const closing = its.close()
    resolve(ok({}, { cst: 'cst-2', 'x-security-token': 'xst-2' }))
    await switching
    expect(clientOf(await closing)).toBe('cst-2')
  })

  it('leaves no timer, and gives nothing away any more', async () => {
    const its = script.withBearer()
    await its.close()
    expect(clock.pending).toBe(0)
    await expect(its.auth()).rejects.toMatchObject({ code: 'closed' })
    expect(its.dealingHeaders(2, false, 'entry')).toMatchObject({ kind: 'closed', cause: { code: 'closed' } })
  })
})
