// Wants what must be refused, one thing after the other, and says what the guard answered: run it on demo before you trust it.
import { type BotIntent, buy, defineStrategy, number, say, type View } from '@scalpdesk/bots'

type Step = readonly [what: string, wanted: (view: View, tooLarge: number) => BotIntent]

const DRILL: readonly Step[] = [
  ['a size of nothing', () => buy(0)],
  ['a size that is no figure', () => buy(Number.NaN)],
  ['far too large a size', (_view, tooLarge) => buy(tooLarge, { stop: 20 })],
  ['a stop nearer than the market allows', () => buy(1, { stop: '0.01' })],
  ['a stop on the wrong side', ({ tick }) => ({ ...PLACED, level: (tick.bid * 0.9).toFixed(5), stopPoints: -5 })],
]

const PLACED = { kind: 'place-buy', order: 'limit', size: 1 } as const

export default defineStrategy({
  name: 'risk-drill',
  about: 'Asks for what the guard must refuse.',
  parameters: { tooLarge: number({ default: 100_000, min: 1, max: 1e9, about: 'a size beyond every limit' }) },
  markets: ['CS.D.EURUSD.CFD.IP'],
  state: () => ({ step: 0, refused: 0, dealt: 0 }),
  decide(view) {
    const { state, parameters, isBusy } = view
    if (isBusy) return null
    const step = DRILL[state.step++]
    if (step) return [say(`asks for ${step[0]}`), step[1](view, parameters.tooLarge)]
    const isPassed = state.dealt === 0 && state.refused === DRILL.length
    return { kind: 'stop', why: `${isPassed ? 'PASSED' : 'FAILED'}: ${state.refused} of ${DRILL.length} refused` }
  },
  onDeal({ state }, deal) {
    if (deal.kind === 'opened') state.dealt++
    if (deal.kind !== 'denied' && deal.kind !== 'rejected') return null
    state.refused++
    return say(deal.kind === 'denied' ? `denied, ${deal.code}` : `rejected by the broker: ${deal.reason}`)
  },
})
