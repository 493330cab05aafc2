import { answerOf, BAD_REPLIES } from './bad-replies.ts'
import { type Answer, json, raw } from './rude-server.ts'

export type TitledAnswer = readonly [title: string, answer: Answer]

const LARGE: ReadonlySet<string> = new Set(['an endless head', '2 MB where a hundred bytes were due'])
const TOKENS = { CST: 'canary-cst', 'X-SECURITY-TOKEN': 'canary-xst' }

const BEARER = { access_token: 'canary-access', refresh_token: 'canary-refresh', expires_in: '60' }
const SESSION = { accountId: 'ABC12', lightstreamerEndpoint: 'http://127.0.0.1:1', timezoneOffset: 0 }
/** A good sign-in of version 3. */
export const BEARER_SESSION: Answer = json(200, { ...SESSION, oauthToken: BEARER })

/** What comes back of a request at a proxy or a server that prints too much. */
export const ECHO: Answer = (socket, { headers, body }) => {
  const text = `<html>${JSON.stringify([...headers])} ${body}</html>`
  socket.write(raw(500, text, { 'Content-Type': 'text/html', 'Set-Cookie': 'CST=canary-cookie' }))
}
const ECHO_AS_JSON: Answer = (socket, { headers, body }) => {
  socket.write(json(400, { errorCode: null, headers: Object.fromEntries(headers), body }))
}

/** Of any call. Left out: those that never end, and those that are large and show no more than others. */
export const ANSWERS: readonly TitledAnswer[] = [
  ['nothing that was expected', json(200, {})],
  ['a list', json(200, [])],
  ['null', json(200, null)],
  ['rows that are none', json(200, rowsOf([null]))],
  ['rows of something else', json(200, rowsOf([{}]))],
  ['a token as the code', json(401, { errorCode: 'error.security.client-token-invalid' })],
  ['a key as the code', json(403, { errorCode: 'error.security.api-key-invalid' })],
  ['the whole request', ECHO],
  ['the whole request, as JSON', ECHO_AS_JSON],
  ...BAD_REPLIES.filter(({ title, isEndless }) => !isEndless && !LARGE.has(title)).map(
    ({ title, reply }) => [title, answerOf(reply)] as const,
  ),
]

/** Of a sign-in. */
export const SIGN_IN_ANSWERS: readonly TitledAnswer[] = [
  ...ANSWERS,
  ['tokens, and no session', json(200, {}, TOKENS)],
  ['one token', json(200, { currentAccountId: 'ABC12' }, { CST: 'canary-cst' })],
  ['tokens of a strange form', json(200, { currentAccountId: 'ABC12' }, { ...TOKENS, CST: 'canary cst' })],
  ...strangeBearers(),
]

/** Sessions of version 3 whose tokens are not where, or what, they should be. */
function strangeBearers(): readonly TitledAnswer[] {
  const strange: readonly (readonly [string, unknown])[] = [
    ['no refresh token', { ...BEARER, refresh_token: null }],
    ['a token with a line break', { ...BEARER, access_token: 'canary-access\n' }],
    ['a token in a list', { ...BEARER, access_token: ['canary-access'] }],
    ['a life that is none', { ...BEARER, expires_in: 'soon' }],
    ['a life that is a token', { ...BEARER, expires_in: 'canary-access' }],
    ['a token alone', 'canary-access'],
    ['tokens in a list', [BEARER]],
  ]
  return strange.map(([title, oauthToken]) => [title, json(200, { ...SESSION, oauthToken })] as const)
}

/** The names under which IG puts its lists. */
function rowsOf(rows: readonly unknown[]): Readonly<Record<string, unknown>> {
  const names = [
    'accounts',
    'activities',
    'transactions',
    'positions',
    'workingOrders',
    'markets',
    'marketDetails',
    'prices',
    'categories',
    'instruments',
    'clientSentiments',
    'watchlists',
    'repeatDealingEntryList',
    'costsAndChargesHistory',
  ]
  return Object.fromEntries(names.map(name => [name, rows]))
}
