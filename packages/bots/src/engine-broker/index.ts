export { type DeskRequest, engineOrder } from './engine-order.ts'
export {
  shownConfirm,
  shownFigures,
  shownOrderUpdate,
  shownPast,
  shownPosition,
  shownPositionUpdate,
  shownWorkingOrder,
} from './shown-deal.ts'
export { ACCOUNT_CURRENCY, levelOf, plain, shownMarket, shownState } from './shown-market.ts'
