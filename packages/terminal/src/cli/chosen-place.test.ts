import { describe, expect, it } from 'vitest'
import { chosenPlace, placeWorld } from './chosen-place.ts'

const at = (url: string) => ({ SCALPDESK_URL: url })

describe('a place is', () => {
  it("IG's own where no address is given", () => {
    expect(chosenPlace('live', {})).toEqual({
      kind: 'broker',
      place: { environment: 'live', host: null },
      address: 'live',
    })
  })

  it("IG's own also when its address is spelled out", () => {
    expect(chosenPlace('demo', at('https://demo-api.ig.com/gateway/deal'))).toMatchObject({
      place: { environment: 'demo', host: null },
    })
  })

  it("IG's own also with the dot of its root", () => {
    expect(chosenPlace('live', at('https://api.ig.com./gateway/deal'))).toMatchObject({
      place: { environment: 'live', host: null },
      address: 'live',
    })
  })

  it('another one for each server in its place, whatever its port', () => {
    const [one, other] = ['http://127.0.0.1:1/x', 'http://127.0.0.1:2/x'].map(url => chosenPlace('demo', at(url)))
    expect(one).toMatchObject({ place: { environment: 'demo', host: '127.0.0.1' } })
    expect(other).toMatchObject({ place: { environment: 'demo', host: '127.0.0.1' } })
  })

  it('one world for this machine, however it is called', () => {
    const worlds = ['127.0.0.1', 'localhost', '[::1]'].map(host => placeWorld({ environment: 'demo', host }))
    expect(new Set(worlds)).toEqual(new Set(['demo-at-127-0-0-1']))
  })

  it('the mock broker inside, which needs no login', () => {
    expect(chosenPlace('mock', {})).toEqual({ kind: 'embedded' })
  })
})

describe('it is refused', () => {
  it.each([
    ['the live address for demo', 'demo', 'https://api.ig.com/gateway/deal', /address of IG's live/],
    [
      'the live address for demo, with the dot of its root',
      'demo',
      'https://api.ig.com./gateway/deal',
      /address of IG's live/,
    ],
    ['the demo address for live', 'live', 'https://demo-api.ig.com/gateway/deal', /address of IG's demo/],
    ['a password in the clear', 'live', 'http://broker.example/gateway/deal', /https.*readable/],
    ['a login in the address', 'live', 'https://canary:canary@broker.example', /^(?!.*canary).*without a login/],
    ['no address at all', 'demo', 'canary', /^(?!.*canary).*web address/],
    ['another protocol', 'demo', 'file:///etc/passwd', /web address/],
    ['a mock broker on another machine', 'mock', 'https://broker.example', /on this machine/],
  ] as const)('for %s', (_what, environment, url, words) => {
    expect(() => chosenPlace(environment, at(url))).toThrow(words)
  })
})
