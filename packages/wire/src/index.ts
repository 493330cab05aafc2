export type * from './rest.ts'
export type * from './stream.ts'
