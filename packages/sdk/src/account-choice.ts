import type { Account } from './account.ts'
import { InvalidInputError, ProtocolError } from './errors.ts'
import type { AccountId } from './ids.ts'
import type { Accounts } from './resources/accounts.ts'
import type { Session, SwitchOptions } from './resources/session.ts'
import type { ReadOptions } from './rest/rest.ts'
import type { IgSession } from './session/ig-session.ts'

export interface SwitchListener {
  /** Another account is about to be acted on. */
  begins(): void
  /** It is acted on. */
  done(): void
}

/** Which of the login's accounts everything acts on. */
export class AccountChoice implements Pick<Session, 'accountId' | 'version' | 'utcOffsetHours' | 'switchAccount'> {
  readonly #session: IgSession
  readonly #accounts: Accounts
  #account: Account | null = null
  #onSwitch: SwitchListener = { begins() {}, done() {} }

  constructor(session: IgSession, accounts: Accounts) {
    this.#session = session
    this.#accounts = accounts
  }

  /** Looks the account up; call once, before anything else. @throws {ProtocolError} when IG does not list it. */
  async begin(signal: AbortSignal | undefined): Promise<void> {
    const id = this.#session.accountId
    const found = await this.#find(id, { signal })
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

  onSwitch(listener: SwitchListener): void {
    this.#onSwitch = listener
  }

  async switchAccount(accountId: AccountId, options: SwitchOptions = {}): Promise<Account> {
    const { makeDefault = false, signal, timeoutMs } = options
    if (makeDefault && this.#session.version === 3) {
      throw new InvalidInputError(
        'expected a session of version 2 for makeDefault, but it is of version 3; connect with sessionVersion: 2',
      )
    }
    // What waits for a connection was meant for the account before.
    this.#onSwitch.begins()
    let target = this.account
    await this.#session.switchAccount(async () => {
      target = await this.#lookUp(accountId, { signal, timeoutMs })
      // IG refuses a switch to where we are.
      return accountId === this.#session.accountId && !makeDefault ? null : { accountId, makeDefault }
    }, signal)
    const isOther = target.id !== this.account.id
    this.#account = target
    if (isOther) this.#onSwitch.done()
    return target
  }

  async #lookUp(id: AccountId, options: ReadOptions): Promise<Account> {
    const found = await this.#find(id, options)
    if (found !== undefined) return found
    throw new InvalidInputError(`expected an account of this login, but got ${id}; accounts.list() gives the ids`)
  }

  async #find(id: AccountId, options: ReadOptions): Promise<Account | undefined> {
    const found = (await this.#accounts.list(options)).find(account => account.id === id)
    if (found === undefined) return undefined
    const { currency } = found
    if (currency !== null) return { ...found, currency }
    const text = `expected the currency of the account ${id}, but IG does not tell it; choose another account`
    throw new ProtocolError('account-without-currency', text)
  }
}
