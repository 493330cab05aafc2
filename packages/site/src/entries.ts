/** The entry of each library, by the name under which others import it. */
export const ENTRIES: Readonly<Record<string, string>> = {
  '@scalpdesk/sdk': 'packages/sdk/src/index.ts',
  '@scalpdesk/tlcp': 'packages/tlcp/src/index.ts',
  '@scalpdesk/wire': 'packages/wire/src/index.ts',
  '@scalpdesk/desk': 'packages/desk/src/index.ts',
  '@scalpdesk/desk/journal': 'packages/desk/src/journal/index.ts',
  '@scalpdesk/reports': 'packages/reports/src/index.ts',
  '@scalpdesk/bots': 'packages/bots/src/index.ts',
  '@scalpdesk/mock-broker': 'mock-broker/server/index.ts',
  '@scalpdesk/mock-broker/engine': 'mock-broker/engine/index.ts',
}
