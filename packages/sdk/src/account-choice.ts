import type { Account } from './account.ts'
import { InvalidInputError, ProtocolError } from './errors.ts'
import type { AccountId } from './ids.ts'
import type { Accounts } from './resources/accounts.ts'
import type { Session, SwitchOptions } from './resources/session.ts'
import type { IgSession } from './session/ig-session.ts'

/** Which of the login's accounts everything acts on. */
export class AccountChoice implements Pick<Session, 'accountId' | 'version' | 'utcOffsetHours' | 'switchAccount'> {
  readonly #session: IgSession
  readonly #accounts: Accounts
  #account: Account | null = null
  #onSwitch: () => void = () => {}

  constructor(session: IgSession, accounts: Accounts) {
    this.#session = session
    this.#accounts = accounts
  }

  /** Looks the account up; call once, before anything else. @throws {ProtocolError} when IG does not list it. */
  async begin(signal: AbortSignal | undefined): Promise<void> {
    const id = this.#session.accountId
    const found = await this.#find(id, signal)
    if (found === undefined) {
      const text = `expected the account ${id} among those of this login, but it is not there; choose another`
      throw new ProtocolError('account-missing', text)
    }
    this.#account = found
  }

  get account(): Account {
    if (this.#account === null) throw new Error('expected begin() to be over')
    return this.#account
  }

  get accountId(): AccountId {
    return this.#session.accountId
  }

  get version(): 2 | 3 {
    return this.#session.version
  }

  get utcOffsetHours(): number {
    return this.#session.utcOffsetHours
  }

  /** Called when another account is acted on. */
  onSwitch(run: () => void): void {
    this.#onSwitch = run
  }

  async switchAccount(accountId: AccountId, options: SwitchOptions = {}): Promise<Account> {
    const { makeDefault = false, signal } = options
    if (makeDefault && this.#session.version === 3) {
      throw new InvalidInputError(
        'expected a session of version 2 for makeDefault, but it is of version 3; connect with sessionVersion: 2',
      )
    }
    const target = await this.#find(accountId, signal)
    if (target === undefined) {
      throw new InvalidInputError(
        `expected an account of this login, but got ${accountId}; accounts.list() gives the ids`,
      )
    }
    // IG refuses a switch to where we are.
    if (accountId === this.#session.accountId && !makeDefault) return target
    await this.#session.switchAccount(accountId, makeDefault, signal)
    this.#account = target
    this.#onSwitch()
    return target
  }

  async #find(id: AccountId, signal: AbortSignal | undefined): Promise<Account | undefined> {
    return (await this.#accounts.list({ signal })).find(account => account.id === id)
  }
}
