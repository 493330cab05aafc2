/** What the trading screen needs and no command does, in one part of the bundle. */
export { systemClock } from '@scalpdesk/sdk'
export { runStart } from './start-command.ts'
export { startUpTerminal } from './start-up-terminal.ts'
