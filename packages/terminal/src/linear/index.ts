/** Loaded only where the screen is lines. */
export { lineWriter } from './line-writer.ts'
export { startLinearScreen } from './linear-screen.ts'
export { linearTextsOf } from './linear-texts.ts'
