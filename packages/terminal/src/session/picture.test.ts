import { contractFor, initialState, message, sentence } from '@scalpdesk/desk'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import type { Screen } from '../screen/screen.ts'
import type { ScreenView } from '../screen/view.ts'
import { MARKET, NO_ALLOWANCES } from '../testing/desk-states.ts'
import { PLAIN_SESSION } from '../testing/session-parts.ts'
import { presetFor } from './default-presets.ts'
import { type Scene, startPicture } from './picture.ts'
import { sessionWords } from './session-words.ts'

const STATE = initialState({ contracts: [contractFor(MARKET, [presetFor(MARKET, {})])], accountCurrency: 'EUR' })

const SCENE: Scene = {
  look: { chosen: MARKET.epic, picked: null },
  selected: null,
  appearance: PLAIN_SESSION.appearance,
  arming: { kind: 'armed' },
  range: null,
  depth: null,
  allowances: () => NO_ALLOWANCES,
  keys: [],
  keyboard: '',
  question: null,
  overlay: null,
}

/** A screen by hand: frames are painted, and it dies, when the test says so. */
function aScreen() {
  const shown: ScreenView[] = []
  const seeds: string[] = []
  let paint = (_sequence: number, _atMs: number): void => {}
  let fail = (_error: Error): void => {}
  const screen: Screen = {
    show: view => shown.push(view),
    resize() {},
    seed: (epic, timeFrame) => void seeds.push(`${epic} ${timeFrame}`),
    ring() {},
    stopNow: () => true,
    onFailure(listener) {
      fail = listener
    },
    onPainted(listener) {
      paint = listener
    },
    lookPainted() {},
  }
  return { screen, shown, seeds, paint: (sequence: number) => paint(sequence, 0), die: () => fail(new Error('no ink')) }
}

function started() {
  const clock = manualClock()
  const screens: ReturnType<typeof aScreen>[] = []
  const text = aScreen()
  const faults: string[] = []
  let isText = false
  const picture = startPicture({
    clock,
    openScreen() {
      const opened = aScreen()
      screens.push(opened)
      return opened.screen
    },
    openTextMode: () => text.screen,
    environment: 'mock',
    account: 'MOCK1',
    words: sessionWords('en'),
    onFault: error => void faults.push(error.message),
  })
  picture.onTextMode(() => {
    isText = true
  })
  picture.scene(() => SCENE)
  picture.show(STATE)
  clock.advance(20)
  return {
    picture,
    clock,
    screens,
    text,
    faults,
    isText: () => isText,
    last: () => screens.at(-1) ?? aScreen(),
    settle: () => new Promise(resolve => setImmediate(resolve)),
  }
}

it('tells what a frame showed once the terminal has taken it, and not before', () => {
  const { picture, last } = started()
  expect(last().shown.length).toBeGreaterThan(0)
  expect(picture.painted).toBeNull()
  last().paint(1)
  expect(picture.painted).toEqual({ state: STATE, look: SCENE.look })
})

it('draws anew when the painter dies, with the past of its charts, and takes nothing for painted until it is', async () => {
  const at = started()
  at.picture.seed('CS.D.EURUSD.CFD.IP', '1m', [])
  at.last().paint(1)
  at.last().die()
  await at.settle()
  expect(at.screens).toHaveLength(2)
  expect(at.last().seeds).toEqual(['CS.D.EURUSD.CFD.IP 1m'])
  expect(at.picture.painted).toBeNull()
  at.clock.advance(20)
  expect(at.last().shown.at(-1)?.outcome.text).toContain('drawn anew after a fault: no ink')
})

it('is text after three deaths in a minute, and goes on showing', async () => {
  const at = started()
  for (let death = 1; death <= 3; death++) {
    expect(at.isText()).toBe(false)
    at.last().die()
    await at.settle()
  }
  expect(at.isText()).toBe(true)
  at.clock.advance(20)
  expect(at.text.shown.length).toBeGreaterThan(0)
})

it('forgives deaths that are further apart', async () => {
  const at = started()
  for (let death = 1; death <= 4; death++) {
    at.last().die()
    await at.settle()
    at.clock.advance(31_000)
  }
  expect(at.isText()).toBe(false)
})

it('goes on when what is to be seen cannot be worked out: the frame is left out, and told', () => {
  const at = started()
  const before = at.last().shown.length
  let isBroken = true
  at.picture.scene(() => {
    if (isBroken) throw new Error('no scene')
    return SCENE
  })
  at.clock.advance(20)
  expect(at.faults).toContain('no scene')
  expect(at.last().shown).toHaveLength(before)
  isBroken = false
  at.clock.advance(200)
  expect(at.last().shown.length).toBeGreaterThan(before)
})

it('lets what it says stand until the desk has news, or for four seconds', () => {
  const { picture, clock, last } = started()
  picture.notice('no position to halve')
  clock.advance(20)
  expect(last().shown.at(-1)?.outcome.text).toBe('no position to halve')
  const armed = message('armed')
  picture.show({ ...STATE, outcome: { tone: 'good', text: sentence(armed, 'en'), message: armed } })
  clock.advance(20)
  expect(last().shown.at(-1)?.outcome.text).toBe('ARMED: entries are sent')
  picture.notice('no position to halve')
  clock.advance(4_200)
  expect(last().shown.at(-1)?.outcome.text).toBe('ARMED: entries are sent')
})

it('loses nothing of what it said when the painter dies before anybody saw it', async () => {
  const at = started()
  at.picture.notice('NOT SENT: press again')
  at.last().die()
  await at.settle()
  at.clock.advance(20)
  expect(at.last().shown.at(-1)?.outcome.text).toBe(
    'NOT SENT: press again · the screen was drawn anew after a fault: no ink',
  )
  at.picture.onTextMode(() => at.picture.notice('two lines of text now'))
  for (let death = 2; death <= 3; death++) {
    at.last().die()
    await at.settle()
  }
  at.clock.advance(20)
  expect(at.text.shown.at(-1)?.outcome.text).toMatch(/^NOT SENT: press again · .* · two lines of text now$/)
})
