/** What a caller can do about a failure; one error class may serve several. */
export type Reaction =
  /** The session's tokens were not taken. */
  | 'sign-in-again'
  /** Key, login or account: only a person can mend it. */
  | 'ask-the-user'
  /** An allowance is used up. */
  | 'wait'
  | 'correct-the-request'
  | 'not-there'
  | 'not-entitled'
  /** IG, or the way to it, is busy. After a write the outcome is unknown. */
  | 'try-later'

export interface ErrorCode {
  /** IG's `errorCode` word for word, or how it begins. */
  readonly code: string
  readonly match: 'exact' | 'prefix'
  /** With which HTTP status it comes; empty where nobody has written it down. */
  readonly httpStatuses: readonly number[]
  readonly reaction: Reaction
  /** One line that finishes a sentence: "…; do this". */
  readonly advice: string
  /** Where it is documented, or who has seen it. */
  readonly where: string
}

type Row = readonly [status: number | readonly number[], code: string, reaction: Reaction, advice: string]

const PAGE = (name: string) => `IG Labs, REST API reference, "${name}"`
const SEEN = 'seen by users of client libraries'

const SIGN_IN = 'sign in again'
const CHECK_KEY = 'check the API key and that it belongs to this environment (demo and live have their own)'
const FINISH_ON_WEBSITE = "finish what IG's website asks of the account"
const SEE_WEBSITE = "sign in on IG's website and see what it says"
const OTHER_ACCOUNT = 'choose a CFD or spread-bet account'
const LATER = 'IG is busy or closed, try again later'
const SLOWER = 'wait for the minute to pass, then ask less often'
const DATES = 'give a start before the end, and a shorter span'
const DATE_FORM = 'give dates with their time, in the form of this version of the request'
const EPIC = 'look the market up with markets.search()'
const LISTS = 'take the id from watchlists.list()'
const LIMIT_ORDER = 'send a limit order with a level'
const CORRECT = 'correct the request'
const NO_SPRINTS = 'trade the market itself: sprint markets were withdrawn'

/** Every `errorCode` that is documented or was seen. */
export const ERROR_CODES: readonly ErrorCode[] = [
  ...exact('IG Labs, REST API reference, error list of every page', [
    [400, 'error.public-api.failure.encryption.required', 'ask-the-user', 'sign in with an encrypted password'],
    [400, 'error.request.invalid.date-range', 'correct-the-request', DATES],
    [400, 'error.security.api-key-missing', 'ask-the-user', CHECK_KEY],
    [400, 'invalid.input', 'correct-the-request', CORRECT],
    [401, 'error.public-api.failure.kyc.required', 'ask-the-user', FINISH_ON_WEBSITE],
    [401, 'error.public-api.failure.missing.credentials', 'ask-the-user', 'give login name, password and API key'],
    [401, 'error.public-api.failure.pending.agreements.required', 'ask-the-user', FINISH_ON_WEBSITE],
    [401, 'error.public-api.failure.preferred.account.disabled', 'ask-the-user', FINISH_ON_WEBSITE],
    [401, 'error.public-api.failure.preferred.account.not.set', 'ask-the-user', "choose one on IG's website"],
    // The token codes were also seen with 403.
    [[401, 403], 'error.security.account-token-invalid', 'sign-in-again', SIGN_IN],
    [[401, 403], 'error.security.account-token-missing', 'sign-in-again', SIGN_IN],
    [[401, 403], 'error.security.client-token-invalid', 'sign-in-again', SIGN_IN],
    [[401, 403], 'error.security.client-token-missing', 'sign-in-again', SIGN_IN],
    [[401, 403], 'error.security.oauth-token-invalid', 'sign-in-again', SIGN_IN],
    [403, 'endpoint.unavailable.for.api-key', 'not-entitled', 'ask IG to open this request for the API key'],
    [403, 'error.public-api.exceeded-account-allowance', 'wait', SLOWER],
    [403, 'error.public-api.exceeded-account-historical-data-allowance', 'wait', 'wait until the week has passed'],
    [403, 'error.public-api.exceeded-account-trading-allowance', 'wait', SLOWER],
    [403, 'error.public-api.exceeded-api-key-allowance', 'wait', SLOWER],
    [403, 'error.public-api.failure.stockbroking-not-supported', 'ask-the-user', OTHER_ACCOUNT],
    [403, 'error.security.api-key-disabled', 'ask-the-user', "enable the API key on IG's website"],
    [403, 'error.security.api-key-invalid', 'ask-the-user', CHECK_KEY],
    [403, 'error.security.api-key-restricted', 'ask-the-user', 'take the API key of this login'],
    [403, 'error.security.api-key-revoked', 'ask-the-user', "make a new API key on IG's website"],
    [404, 'invalid.url', 'not-there', 'check the path and the version of the request'],
    [500, 'system.error', 'try-later', LATER],
  ]),
  ...exact(PAGE('Session'), [
    [401, 'authentication.failure.not-a-client-account', 'ask-the-user', "sign in with a client's login"],
    [401, 'error.security.account-access-denied', 'ask-the-user', SEE_WEBSITE],
    [401, 'error.security.account-migrated', 'ask-the-user', SEE_WEBSITE],
    [401, 'error.security.account-not-yet-activated', 'ask-the-user', FINISH_ON_WEBSITE],
    [401, 'error.security.account-suspended', 'ask-the-user', SEE_WEBSITE],
    [401, 'error.security.all-accounts-pending', 'ask-the-user', FINISH_ON_WEBSITE],
    [401, 'error.security.all-accounts-suspended', 'ask-the-user', SEE_WEBSITE],
    [401, 'error.security.client-suspended', 'ask-the-user', SEE_WEBSITE],
    [401, 'error.security.generic', 'ask-the-user', SEE_WEBSITE],
    [401, 'error.security.invalid-application', 'ask-the-user', CHECK_KEY],
    [401, 'error.security.invalid-details', 'ask-the-user', 'check the login name and the password'],
    [401, 'error.security.invalid-website', 'ask-the-user', SEE_WEBSITE],
    [
      401,
      'error.security.too-many-failed-attempts',
      'ask-the-user',
      "the account is locked: unlock it on IG's website",
    ],
    [504, 'error.security.authentication.timeout', 'try-later', LATER],
    [[500, 504], 'error.security.get.session.timeout', 'try-later', LATER],
    [400, 'error.switch.accountId-must-be-different', 'correct-the-request', 'this account is in use already: go on'],
    [400, 'error.switch.invalid-accountId', 'correct-the-request', 'take the id from accounts.list()'],
    [500, 'error.switch.cannot-set-default-account', 'try-later', "set the default account on IG's website"],
  ]),
  ...exact(PAGE('History'), [[400, 'error.request.invalid.page-size', 'correct-the-request', 'ask for smaller pages']]),
  ...exact(PAGE('Positions'), [
    [404, 'error.confirms.deal-not-found', 'not-there', 'ask again for a while, then look at the positions'],
    [404, 'error.position.notfound', 'not-there', 'take the deal id from positions.list()'],
    [500, 'error.positions.generic', 'try-later', LATER],
    [400, 'error.trading.otc.market-orders.not-supported', 'correct-the-request', LIMIT_ORDER],
    [404, 'error.trading.otc.instrument-not-found', 'not-there', EPIC],
  ]),
  ...exact(PAGE('Markets'), [
    [400, 'error.public-api.too-many-epics', 'correct-the-request', 'ask for at most 50 markets at once'],
    [404, 'error.public-api.epic-not-found', 'not-there', EPIC],
  ]),
  ...exact(PAGE('Prices'), [
    [400, 'error.invalid.daterange', 'correct-the-request', DATES],
    [400, 'error.malformed.date', 'correct-the-request', DATE_FORM],
    [400, 'error.unsupported.epic', 'correct-the-request', 'choose a market with prices'],
    [
      403,
      'unauthorised.access.to.equity.exception',
      'not-entitled',
      "subscribe to the exchange's prices on IG's website",
    ],
  ]),
  ...exact(PAGE('Watchlists'), [
    [400, 'error.service.watchlists.add-instrument.invalid-epic', 'correct-the-request', EPIC],
    [400, 'error.watchlists.management.cannot-delete-watchlist', 'correct-the-request', "leave IG's own lists alone"],
    [400, 'error.watchlists.management.watchlist-not-found', 'not-there', LISTS],
    [400, 'error.watchlists.management.duplicate-name', 'correct-the-request', 'give the list another name'],
    [400, 'error.watchlists.management.error', 'correct-the-request', 'check name and markets of the list'],
    [500, 'error.watchlists.management.error', 'try-later', LATER],
    [404, 'error.invalid.watchlist', 'not-there', LISTS],
  ]),
  ...exact(PAGE('Costs'), [
    [400, 'public-api.costs-and-charges.client-error', 'correct-the-request', CORRECT],
    [
      404,
      'public-api.costs-and-charges.indicative-quote-reference-not-found',
      'not-there',
      'ask for the costs again, and take the reference from that answer',
    ],
    [500, 'public-api.costs-and-charges.general-error', 'try-later', LATER],
  ]),
  ...exact(PAGE('Positions (sprint markets)'), [
    [400, 'error.sprintmarket.create-position.expiry.outside-valid-range', 'correct-the-request', NO_SPRINTS],
    [400, 'error.sprintmarket.create-position.failure', 'correct-the-request', NO_SPRINTS],
    [400, 'error.sprintmarket.create-position.market-closed', 'correct-the-request', NO_SPRINTS],
    [400, 'error.sprintmarket.create-position.order-size.invalid', 'correct-the-request', NO_SPRINTS],
  ]),
  ...exact(SEEN, [
    [
      400,
      'validation.pattern.invalid.authenticationRequest.identifier',
      'ask-the-user',
      'use the login name: IG takes no e-mail address here',
    ],
    [400, 'error.trading.otc.market-orders.not-supported-for-epic', 'correct-the-request', LIMIT_ORDER],
    [[], 'error.price-history.io-error', 'try-later', LATER],
    [404, 'error.error.price-history.io-error', 'try-later', LATER],
    [403, 'error.public-api.failure.product-code-not-allowed', 'not-entitled', OTHER_ACCOUNT],
    [
      [],
      'error.service.create.stockbroking.share-order.instrumentdata-invalid',
      'correct-the-request',
      'choose a CFD or spread-bet market',
    ],
    [[], 'invalid.input.too.many.markets', 'correct-the-request', 'ask for fewer markets at once'],
    [[], 'service.clientsecurity.error.authentication.failure-generic', 'ask-the-user', SEE_WEBSITE],
    [[], 'unauthorised.api-key.revoked', 'ask-the-user', "make a new API key on IG's website"],
    [[], 'unauthorised.clientId.api-key.mismatch', 'ask-the-user', 'take the API key of this login'],
  ]),
  // A longer beginning goes before a shorter one.
  ...prefix(SEEN, [
    [400, 'validation.null-not-allowed.request', 'correct-the-request', 'give the field that is named'],
    [400, 'validation.mutual-exclusive-value.request', 'correct-the-request', 'give only one of the two fields'],
    [400, 'validation.null-conditional-set-value.request', 'correct-the-request', 'give the field that another needs'],
    [400, 'validation.target-value-conditional-set-value.request', 'correct-the-request', 'make the fields agree'],
    [400, 'validation.pattern.invalid.request.', 'correct-the-request', 'correct the form of the field that is named'],
    [400, 'validation.', 'correct-the-request', CORRECT],
    [400, 'invalid.request.', 'correct-the-request', 'correct the field that is named'],
    [400, 'Unable to convert value=', 'correct-the-request', 'give a whole number'],
    [400, 'Unable to parse datetime=', 'correct-the-request', DATE_FORM],
  ]),
  // Our choice: members of these families that nobody has written down yet.
  ...prefix('our choice', [
    [403, 'error.public-api.exceeded-', 'wait', SLOWER],
    [[401, 403], 'error.public-api.failure.', 'ask-the-user', FINISH_ON_WEBSITE],
    [[401, 403], 'error.security.', 'ask-the-user', SEE_WEBSITE],
  ]),
]

function exact(where: string, rows: readonly Row[]): readonly ErrorCode[] {
  return rows.map(row => errorCode('exact', where, row))
}

function prefix(where: string, rows: readonly Row[]): readonly ErrorCode[] {
  return rows.map(row => errorCode('prefix', where, row))
}

function errorCode(match: ErrorCode['match'], where: string, [statuses, code, reaction, advice]: Row): ErrorCode {
  return { code, match, httpStatuses: typeof statuses === 'number' ? [statuses] : statuses, reaction, advice, where }
}
