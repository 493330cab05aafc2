import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyJsonPatch } from './json-patch.ts'

// RFC 6902, "Operations" and appendix A.

it.each([
  ['{"foo":"bar"}', '[{"op":"add","path":"/baz","value":"qux"}]', '{"foo":"bar","baz":"qux"}'],
  ['{"foo":["bar","baz"]}', '[{"op":"add","path":"/foo/1","value":"qux"}]', '{"foo":["bar","qux","baz"]}'],
  ['{"foo":["bar"]}', '[{"op":"add","path":"/foo/-","value":["a"]}]', '{"foo":["bar",["a"]]}'],
  ['{"baz":"qux","foo":"bar"}', '[{"op":"remove","path":"/baz"}]', '{"foo":"bar"}'],
  ['{"foo":[1,2,3]}', '[{"op":"remove","path":"/foo/1"}]', '{"foo":[1,3]}'],
  ['{"baz":"qux"}', '[{"op":"replace","path":"/baz","value":null}]', '{"baz":null}'],
  ['{"a":{"b":1},"c":{}}', '[{"op":"move","from":"/a/b","path":"/c/d"}]', '{"a":{},"c":{"d":1}}'],
  ['{"foo":[1,2,3]}', '[{"op":"move","from":"/foo/0","path":"/foo/2"}]', '{"foo":[2,3,1]}'],
  ['{"a":[1]}', '[{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/0","value":0}]', '{"a":[1],"b":[0,1]}'],
  ['{"a":1}', '[{"op":"test","path":"/a","value":1},{"op":"remove","path":"/a"}]', '{}'],
  ['{"/":9,"~1":10}', '[{"op":"test","path":"/~01","value":10}]', '{"/":9,"~1":10}'],
  ['1', '[{"op":"replace","path":"","value":{"a":2}}]', '{"a":2}'],
  ['{"a":1}', '[]', '{"a":1}'],
  ['{}', '[{"op":"add","path":"/__proto__","value":{"x":1}}]', '{"__proto__":{"x":1}}'],
])('%s with %s', (old, patch, expected) => {
  expect(applyJsonPatch(old, patch)).toBe(expected)
})

it.each([
  ['no JSON', 'nonsense', '[]'],
  ['no patch', '{}', '{"op":"add"}'],
  ['an unknown operation', '{}', '[{"op":"grow","path":"/a"}]'],
  ['no value', '{}', '[{"op":"add","path":"/a"}]'],
  ['a parent that is not there', '{}', '[{"op":"add","path":"/a/b","value":1}]'],
  ['removes what is not there', '{}', '[{"op":"remove","path":"/a"}]'],
  ['replaces what is not there', '{}', '[{"op":"replace","path":"/a","value":1}]'],
  ['an index past the end', '{"a":[1]}', '[{"op":"add","path":"/a/2","value":1}]'],
  ['an index with a zero before it', '{"a":[1,2]}', '[{"op":"remove","path":"/a/01"}]'],
  ['a test that fails', '{"a":"1"}', '[{"op":"test","path":"/a","value":1}]'],
  ['a member of the prototype', '{}', '[{"op":"remove","path":"/toString"}]'],
  ['a path that is none', '{}', '[{"op":"add","path":"a","value":1}]'],
])('does not fit: %s', (_title, old, patch) => {
  expect(applyJsonPatch(old, patch)).toBeNull()
})

it('refuses a value that copies of copies have grown beyond all memory', () => {
  const bomb = Array.from({ length: 60 }, () => ({ op: 'copy', from: '', path: '/a' }))
  expect(applyJsonPatch('{"a":"xxxxxxxxxx","b":[1,2,3]}', JSON.stringify(bomb))).not.toBeNull()
  const doubling = Array.from({ length: 60 }, () => ({ op: 'copy', from: '', path: '/-' }))
  expect(applyJsonPatch('[1,2,3]', JSON.stringify(doubling))).toBeNull()
})

it('never throws, and leaves what was copied from alone', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (old, patch) => {
      applyJsonPatch(old, patch)
      const copy = '[{"op":"add","path":"","value":{"x":1}},{"op":"copy","from":"","path":"/y"}]'
      expect(applyJsonPatch(old, copy)).toBe('{"x":1,"y":{"x":1}}')
    }),
  )
})
