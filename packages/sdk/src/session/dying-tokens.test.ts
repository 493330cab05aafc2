import { beforeEach, describe, expect, it } from 'vitest'
import {
  bearerSession,
  clientOf,
  lost,
  no,
  type ScriptedSession,
  scriptedSession,
  session,
  settle,
} from '../testing/scripted-session.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { IgSession } from './ig-session.ts'

const LOST = { code: 'session-lost' }

let script: ScriptedSession

beforeEach(() => {
  script = scriptedSession()
})

const signIns = (): number => script.asked.filter(call => call.startsWith('POST /session v')).length

describe('tokens that die right after the sign-in', () => {
  it('are replaced at once for the call that met them', async () => {
    const its = script.withTokens()
    script.next(session('cst-2'))
    await its.renew(its.lastAuth)
    expect(clientOf(await its.auth())).toBe('cst-2')
  })

  it('again and again are replaced after pauses that grow to a minute', async () => {
    const its = script.withTokens()
    const atMs: number[] = []
    while (atMs.length < 14) {
      script.next(session(`cst-of-${script.clock.monotonicMs()}`))
      // However often it is asked to.
      await its.renew(its.lastAuth).catch(() => {})
      if (signIns() > atMs.length) atMs.push(script.clock.monotonicMs())
      else script.clock.advance(50)
    }
    const pauses = atMs.slice(1).map((at, index) => at - atMs[index]!)
    expect(atMs[0]).toBe(0)
    expect(pauses[0]).toBeGreaterThanOrEqual(500)
    expect(pauses[0]).toBeLessThanOrEqual(1_050)
    expect(atMs.filter(at => at < 60_000).length).toBeLessThanOrEqual(8)
    expect(Math.max(...pauses)).toBeGreaterThan(30_000)
    await its.close()
    expect(script.clock.pending).toBe(0)
  })

  it('are replaced at once again after a calm minute', async () => {
    const its = script.withTokens()
    for (const client of ['cst-2', 'cst-3', 'cst-4']) {
      script.next(session(client))
      await its.renew(its.lastAuth)
      expect(clientOf(await its.auth())).toBe(client)
      script.clock.advance(60_000)
    }
  })

  it('and come again from the sign-in are not taken for others', async () => {
    const its = script.withTokens()
    script.next(session('cst-1'))
    await expect(its.renew(its.lastAuth)).rejects.toMatchObject(LOST)
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('waiting')
    script.next(session('cst-2'))
    script.clock.advance(1_000)
    await settle()
    expect(clientOf(await its.auth())).toBe('cst-2')
  })

  it('end it when IG refuses the login: nobody knocks again, for an exit neither', async () => {
    const its = script.withTokens()
    script.next(no(401, 'error.security.invalid-details'))
    await expect(its.renew(its.lastAuth)).rejects.toMatchObject({ code: 'error.security.invalid-details' })
    await expect(its.renew(its.lastAuth, undefined, 'exit')).rejects.toMatchObject({ name: 'SignInError' })
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('closed')
    script.clock.advance(3_600_000)
    expect(signIns()).toBe(1)
  })

  it('and a token whose refresh token died as well are replaced by signing in', async () => {
    const its = script.withBearer()
    script.next(no(401, 'error.security.oauth-token-invalid'))
    script.next(bearerSession('at-2', 'rt-2'))
    await its.renew(its.lastAuth)
    expect(clientOf(await its.auth())).toBe('at-2')
    await its.close()
  })
})

describe('tokens that IG takes, though it refused the login for which the streams wanted others,', () => {
  it('are good for orders and reads until they die; nobody knocks again', async () => {
    const its = script.withTokens()
    script.clock.advance(61_000)
    script.next(no(401, 'error.security.invalid-details'))
    await expect(its.renewForStreams(its.lastAuth)).rejects.toMatchObject({ name: 'SignInError' })
    expect(its.authNow()).toBe(its.lastAuth)
    expect(await its.auth()).toBe(its.lastAuth)
    for (const lane of ['entry', 'exit'] as const) expect(its.dealingHeaders(2, false, lane).kind).toBe('ready')
    await expect(its.renew(its.lastAuth)).rejects.toMatchObject({ code: 'error.security.invalid-details' })
    await expect(its.auth()).rejects.toMatchObject({ code: 'error.security.invalid-details' })
    for (const lane of ['entry', 'exit'] as const) expect(its.dealingHeaders(2, false, lane).kind).toBe('closed')
    expect(signIns()).toBe(1)
  })

  it('are good for an exit to their last moment, those of version 3', async () => {
    const its = script.withBearer()
    script.next(no(401, 'error.security.oauth-token-invalid'))
    script.next(no(401, 'error.security.invalid-details'))
    await expect(its.renewForStreams(its.lastAuth)).rejects.toMatchObject(LOST)
    script.clock.advance(59_999)
    await settle()
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('ready')
    script.clock.advance(1)
    expect(its.dealingHeaders(1, true, 'exit').kind).not.toBe('ready')
    await its.close()
  })
})

describe('an exit', () => {
  it('has its renewal at once, though a call failed just now and waits', async () => {
    const its = script.withTokens()
    script.next(lost())
    await expect(its.renew(its.lastAuth)).rejects.toMatchObject({ code: 'no-answer' })
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('waiting')
    expect(signIns()).toBe(1)
    script.next(session('cst-2'))
    const gate = its.dealingHeaders(1, true, 'exit')
    if (gate.kind !== 'waiting') throw new Error(`expected waiting, got ${gate.kind}`)
    await gate.until
    expect(its.dealingHeaders(1, true, 'exit')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-2' } })
  })

  it('goes with what there is when its renewal failed, and asks for the next one after a pause', async () => {
    const its = script.withTokens()
    script.next(lost())
    await its.renew(its.lastAuth, undefined, 'exit').catch(() => {})
    for (let exit = 0; exit < 10; exit++) {
      expect(its.dealingHeaders(1, true, 'exit')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-1' } })
    }
    expect(its.dealingHeaders(2, false, 'entry').kind).toBe('waiting')
    expect(signIns()).toBe(1)
    script.next(session('cst-2'))
    script.clock.advance(250)
    await settle()
    expect(its.dealingHeaders(1, true, 'exit')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-2' } })
  })

  it('that comes too soon after many sign-ins has the next one within seconds, though calls wait longer', async () => {
    const its = script.withTokens()
    for (let death = 0; death < 8; death++) {
      script.next(session(`cst-${death + 2}`))
      await its.renew(its.lastAuth, undefined, 'exit').catch(() => {})
      if (clientOf(its.lastAuth) !== `cst-${death + 2}`) script.clock.advance(4_000)
      await settle()
    }
    const before = signIns()
    script.next(session('cst-last'))
    await expect(its.renew(its.lastAuth, undefined, 'exit')).rejects.toMatchObject(LOST)
    script.clock.advance(4_000)
    await settle()
    expect(signIns()).toBe(before + 1)
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('ready')
  })

  it('refused while the streams have a token refreshed gets a sign-in that they would not', async () => {
    const its = script.withBearer()
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    const renewal = its.renewForStreams(its.lastAuth)
    const gate = its.dealingHeaders(1, true, 'exit')
    if (gate.kind !== 'ready') throw new Error(`expected ready, got ${gate.kind}`)
    its.refused(gate.headers, 'exit')
    expect(its.dealingHeaders(1, true, 'exit').kind).toBe('waiting')
    script.next(bearerSession('at-2', 'rt-2'))
    resolve(no(401, 'error.security.oauth-token-invalid'))
    await renewal
    expect(its.dealingHeaders(1, true, 'exit')).toMatchObject({ headers: { Authorization: 'Bearer at-2' } })
    await its.close()
  })
})

describe('a call', () => {
  it.each([
    ['that meets dead tokens', (its: IgSession) => its.renew(its.lastAuth)],
    ['that waits for tokens', (its: IgSession) => its.auth()],
  ])('%s while the streams have a token refreshed gets a sign-in that they would not', async (_what, call) => {
    const its = script.withBearer()
    const { promise, resolve } = Promise.withResolvers<HttpResponse>()
    script.next(promise)
    const renewal = its.renewForStreams(its.lastAuth)
    const waiting = call(its)
    script.next(bearerSession('at-2', 'rt-2'))
    resolve(no(401, 'error.security.oauth-token-invalid'))
    await Promise.all([renewal, waiting])
    expect(clientOf(its.lastAuth)).toBe('at-2')
    await its.close()
  })

  it('has its renewal at once, though the streams were denied one just now', async () => {
    const its = script.withTokens()
    await expect(its.renewForStreams(its.lastAuth)).rejects.toMatchObject(LOST)
    script.next(session('cst-2'))
    await its.renew(its.lastAuth)
    expect(clientOf(await its.auth())).toBe('cst-2')
  })

  it('whose refusal came late says nothing of the tokens that are in use by then', async () => {
    const its = script.withTokens()
    const gate = its.dealingHeaders(1, true, 'exit')
    if (gate.kind !== 'ready') throw new Error(`expected ready, got ${gate.kind}`)
    script.next(session('cst-2'))
    await its.renew(its.lastAuth)
    its.refused(gate.headers, 'exit')
    // Also once others were written with the new ones.
    its.dealingHeaders(2, false, 'entry')
    its.refused(gate.headers, 'exit')
    expect(its.dealingHeaders(1, true, 'exit')).toMatchObject({ kind: 'ready', headers: { CST: 'cst-2' } })
    expect(signIns()).toBe(1)
  })
})

it('what the streams were denied is made up for when the minute is over', async () => {
  const its = script.withTokens()
  await expect(its.renewForStreams(its.lastAuth)).rejects.toMatchObject(LOST)
  script.next(session('cst-2'))
  script.clock.advance(59_999)
  await settle()
  expect(signIns()).toBe(0)
  script.clock.advance(1)
  await settle()
  expect(clientOf(its.lastAuth)).toBe('cst-2')
})

it('a bearer that cannot be refreshed any more is no reason to sign in within a minute, until somebody needs another', async () => {
  const its = script.withBearer()
  script.next(no(401, 'error.security.oauth-token-invalid'))
  script.clock.advance(40_000)
  await settle()
  expect([script.asked.length, signIns()]).toEqual([1, 0])
  script.clock.advance(15_500)
  expect(signIns()).toBe(0)
  script.next(no(401, 'error.security.oauth-token-invalid'))
  script.next(bearerSession('at-2', 'rt-2'))
  expect(clientOf(await its.auth())).toBe('at-2')
  await its.close()
})
