// What a stranger compiles against the packed types; nothing of them is left when it runs.
import assert from 'node:assert/strict'
import type { Open, PriceField } from '@scalpdesk/wire'
import * as nothing from '@scalpdesk/wire'

const field: PriceField = 'BIDPRICE1'
const side: Open<'BUY' | 'SELL'> = 'A_WORD_THAT_IG_ADDS_LATER'
// @ts-expect-error a field that the stream does not have: the types have come along
const wrong: PriceField = 'NO_SUCH_FIELD'
assert.deepEqual([field, side, wrong].length, 3)
assert.deepEqual(Object.keys(nothing), [])
console.log('@scalpdesk/wire: types, and nothing else')
