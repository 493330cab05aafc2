import { describe, expect, it } from 'vitest'
import { memoryKeychain } from '../testing/memory-keychain.ts'
import { DEMO, demoCredential, LIVE, liveCredential } from '../testing/sample-credentials.ts'
import { CredentialError, type CredentialStore } from './credential-store.ts'
import { findCredential, keepOnly, storedEntries } from './find-credential.ts'
import { keychainStore } from './keychain-store.ts'

const store = (kind: CredentialStore['kind']): CredentialStore => ({ ...keychainStore(memoryKeychain()), kind })

function brokenStore(kind: CredentialStore['kind']): CredentialStore {
  const fail = async () => {
    throw new CredentialError('keychain-failed', `the ${kind} is locked`)
  }
  return { kind, places: fail, read: fail, write: fail, remove: fail, close() {} }
}

const VARIABLES = { SCALPDESK_API_KEY: 'k', SCALPDESK_USERNAME: 'n', SCALPDESK_PASSWORD: 'p' }

describe('a login is found', () => {
  it('in the variables before every store, for this run', async () => {
    const keychain = store('keychain')
    await keychain.write(DEMO, demoCredential())
    const finding = await findCredential(DEMO, { ...VARIABLES, SCALPDESK_ACCOUNT: 'ABC1' }, [keychain])
    expect(finding).toMatchObject({ kind: 'found', from: 'variables', credential: { username: 'n', account: 'ABC1' } })
  })

  it('in the first store that has it', async () => {
    const [keychain, vault] = [store('keychain'), store('vault')]
    await vault.write(DEMO, demoCredential())
    expect(await findCredential(DEMO, {}, [keychain, vault])).toMatchObject({ from: 'vault' })
    await keychain.write(DEMO, demoCredential())
    expect(await findCredential(DEMO, {}, [keychain, vault])).toMatchObject({ from: 'keychain' })
  })

  it('for its own environment only', async () => {
    const keychain = store('keychain')
    await keychain.write(DEMO, demoCredential())
    expect(await findCredential(LIVE, {}, [keychain])).toEqual({ kind: 'none' })
  })

  it('in the vault also when the keychain fails, and the failure is told when there is none', async () => {
    const vault = store('vault')
    const both = [brokenStore('keychain'), vault]
    await expect(findCredential(LIVE, {}, both)).rejects.toThrow('the keychain is locked')
    await vault.write(LIVE, liveCredential())
    expect(await findCredential(LIVE, {}, both)).toMatchObject({ from: 'vault' })
  })

  it.each([
    [{ SCALPDESK_API_KEY: 'k' }, /SCALPDESK_USERNAME and SCALPDESK_PASSWORD/],
    [{ ...VARIABLES, SCALPDESK_PASSWORD: '' }, /SCALPDESK_PASSWORD/],
    [{ ...VARIABLES, SCALPDESK_USERNAME: 'me@example.org' }, /e-mail/],
  ])('not beside variables that cannot be meant: %o', async (variables, words) => {
    const keychain = store('keychain')
    await keychain.write(DEMO, demoCredential())
    const finding = await findCredential(DEMO, variables, [keychain])
    expect(finding).toEqual({ kind: 'wrong-variables', problems: [expect.stringMatching(words)] })
  })
})

describe('a login is kept', () => {
  it('in one store, and an older one goes from the other', async () => {
    const [keychain, vault] = [store('keychain'), store('vault')]
    await vault.write(DEMO, demoCredential())
    expect(await keepOnly(DEMO, demoCredential(), keychain, [keychain, vault])).toEqual({
      removedFrom: ['vault'],
      failures: [],
    })
    expect(await storedEntries([keychain, vault])).toEqual({
      entries: [{ place: DEMO, store: 'keychain' }],
      failures: [],
    })
  })

  it('though the other store cannot let the older one go, which is told', async () => {
    const vault = store('vault')
    const { failures } = await keepOnly(DEMO, demoCredential(), vault, [brokenStore('keychain'), vault])
    expect(failures.map(({ message }) => message)).toEqual(['the keychain is locked'])
    expect(await vault.read(DEMO)).not.toBeNull()
  })

  it('not at all when the store does not take it', async () => {
    await expect(keepOnly(DEMO, demoCredential(), brokenStore('vault'), [])).rejects.toThrow('locked')
  })
})

it('an entry of the keychain that this program did not write is told, and not shown', async () => {
  const keychain = memoryKeychain()
  keychain.entries.set('demo', 'canary of somebody else')
  await expect(keychainStore(keychain).read(DEMO)).rejects.toThrow(/^(?!.*canary).*holds something else/)
})

it('entries of the keychain with other names are nobody’s login', async () => {
  const keychain = memoryKeychain()
  keychain.entries.set('github', 'x')
  expect(await keychainStore(keychain).places()).toEqual([])
})
