/** Runs the command from a checkout: builds first when a source is newer than the last build. */
import { buildTerminal, isStale } from './build.ts'

if (isStale()) await buildTerminal()
await import(new URL('./dist/scalpdesk.js', import.meta.url).href)
