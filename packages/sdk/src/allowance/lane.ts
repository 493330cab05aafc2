/**
 * What a call is for, in the order in which calls are let through when IG's allowance is short: `exit` closes and flattens,
 * `entry` opens, `edit` amends and places or cancels working orders, `data` reads.
 */
export type Lane = 'exit' | 'entry' | 'edit' | 'data'
