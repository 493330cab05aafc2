import { dirname } from 'node:path'
import { credentialOf, type Environment } from '../credentials/credential.ts'
import { PASSPHRASE, type SignInHome, USER } from './signing-in.ts'
import { openVault } from './vault-rig.ts'

/**
 * Leaves a login in the vault of a home as `scalpdesk login` does, for tests of what comes after it. This vault has the least cost that one
 * may have, so neither it nor a command that opens it works half a second for the key, as the tests of `login` do.
 */
export async function keepLogin(
  { vault: path }: SignInHome,
  environment: Environment = 'demo',
  account: string | null = null,
): Promise<void> {
  const vault = openVault({ home: dirname(path), path }, PASSPHRASE)
  await vault.write(
    { environment, host: '127.0.0.1' },
    credentialOf(environment, { apiKey: 'mock-api-key', ...USER, account }),
  )
  vault.close()
}
