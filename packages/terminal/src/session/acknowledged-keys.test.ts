import { afterEach, expect, it } from 'vitest'
import { KEY_ACTIONS, type KeyAction } from '../keys/key-action.ts'
import { drawnScreen } from '../screen/test/drawn-screen.ts'
import type { ScreenView } from '../screen/view.ts'
import { FRAME_MS, watchedSession } from '../testing/watched-session.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A session on a screen of 80x24, up to its first FLAT. */
async function started() {
  const screen = drawnScreen(80, 24)
  closing.push(() => screen.close())
  const session = await watchedSession({ show() {} })
  closing.push(session.close)
  await session.pass(2_000)
  expect(session.view.exposure).toBe('flat')
  /** The frame that is on the terminal now. */
  const seen = (): Promise<string> => {
    screen.show(session.view, session.clock.monotonicMs())
    return screen.seen()
  }
  return { ...session, view: () => session.view, seen }
}

/** What a key can be answered by. */
const answerOf = ({ outcome, question, overlay }: ScreenView) => ({ outcome, question, overlay })

type Step = readonly [action: KeyAction, words: RegExp]

/** One key after the other, a second apart; each with what the next frame has to show. */
const STEPS: readonly Step[] = [
  ['size-1', /SIZE 1: 1/],
  ['size-2', /expected a size on key 2/],
  ['size-3', /key 3/],
  ['size-4', /key 4/],
  ['size-5', /key 5/],
  ['size-6', /key 6/],
  ['size-7', /key 7/],
  ['size-8', /key 8/],
  ['size-9', /key 9/],
  ['next-preset', /usual is the only preset/],
  ['next-market', /EUR\/USD is the only market/],
  ['previous-market', /EUR\/USD is the only market/],
  ['next-time-frame', /TIME FRAME 5s/],
  ['next-layout', /LAYOUT price/],
  ['next-selection', /nothing to mark/],
  ['previous-selection', /nothing to mark/],
  ['redraw', /drawn anew/],
  ['adopt', /nothing to take over/],
  ['accept-unknown', /nothing to accept/],
  ['close-position', /no position to close/],
  ['cancel-order', /no working order to cancel/],
  ['cancel-orders', /no working order to cancel in EUR\/USD/],
  ['join-bid', /DENIED BUY order: expected a level at least 2 points below/],
  ['join-offer', /DENIED SELL order: expected a level at least 2 points above/],
  ['toggle-armed', /DISARMED: entries are refused/],
  ['buy', /DENIED BUY: the desk is disarmed/],
  ['toggle-armed', /ARMED: entries are sent/],
  ['lock-day', /Lock the day\?/],
  ['no', /left as it was/],
  ['help', /KEYS/],
  ['help', /CHART/],
  ['buy', /SENT BUY 1 EUR\/USD, stop 15 points/],
  ['stop-up', /CHANGING to stop/],
  ['stop-down', /CHANGING to stop/],
  ['tighten-stop', /CHANGING to stop/],
  ['breakeven', /NOT CHANGED|CHANGING/],
  ['limit-up', /no limit to move/],
  ['limit-down', /no limit to move/],
  ['remove-limit', /NOT CHANGED: it is so already/],
  ['toggle-trailing', /CHANGING to stop .*, trailing/],
  ['close-half', /CLOSING BUY 0.5 of 1/],
  ['close-quarter', /CLOSING BUY 0.1 of 0.5/],
  ['reverse', /REVERSING EUR\/USD/],
  ['close-half', /CLOSING SELL/],
  ['flatten-market', /CLOSING 1 position in EUR\/USD/],
  ['sell', /SENT SELL 1 EUR\/USD/],
  ['quit', /Something may be open at the broker. Quit and leave it there\?/],
  ['flatten', /CLOSING 1 position/],
  ['no', /left as it was|FLAT/],
  ['pick-market', /PICK A MARKET/],
]

it('acknowledges each key on the screen within one frame, in words', async () => {
  const { press, pass, view, seen } = await started()
  for (const [action, words] of STEPS) {
    const before = answerOf(view())
    await press(action)
    await pass(FRAME_MS)
    const after = answerOf(view())
    expect(after, `${action}: a frame that answers it`).not.toEqual(before)
    // As a person reads it: a sentence may go on in the next row.
    expect((await seen()).replace(/\n */g, ' '), action).toMatch(words)
    // Longer than an order takes.
    await pass(1_500)
  }
  const pressed = new Set(STEPS.map(([action]) => action))
  expect(KEY_ACTIONS.filter(action => !pressed.has(action))).toEqual(['yes'])
})

it('answers the same key again with a frame that is new', async () => {
  const { press, pass, view } = await started()
  const texts: string[] = []
  for (let nth = 0; nth < 3; nth++) {
    await press('cancel-order')
    await pass(FRAME_MS)
    texts.push(view().outcome.text)
  }
  expect(texts).toEqual(['', ' (×2)', ' (×3)'].map(again => `no working order to cancel: none is marked${again}`))
})
