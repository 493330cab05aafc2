/** Who can sign in, and what to: one user with one CFD account in euros. */
export const brokerIdentity = {
  apiKey: 'mock-api-key',
  username: 'mock',
  password: 'mock',
  accountId: 'MOCK1',
  accountName: 'Mock-CFD',
  clientId: '100000001',
  currency: 'EUR',
  /** IG writes the euro so. */
  currencySymbol: 'E',
} as const
