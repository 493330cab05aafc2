/**
 * What IG's answers consist of, key by key, from the public reference (IG Labs, REST API reference; the page is named at each)
 * and, where that says only "String", from answers that clients of the API have published. Values that may be null are said to.
 */
export * from './dealing-shapes.ts'
export * from './history-shapes.ts'
export * from './market-shapes.ts'
export * from './other-shapes.ts'
export * from './session-shapes.ts'
