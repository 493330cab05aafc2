import type { Row } from '@scalpdesk/tlcp'
import type { AccountField } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { AccountFigures } from '../account.ts'
import { decimalOf } from './decimal-text.ts'
import type { FeedOut, ItemReader, StreamItem } from './feed.ts'

/** Fields of the ACCOUNT item. Source: IG Labs, Streaming API reference, "ACCOUNT". */
export const FIGURE_FIELDS = [
  'PNL',
  'PNL_LR',
  'PNL_NLR',
  'FUNDS',
  'EQUITY',
  'EQUITY_USED',
  'DEPOSIT',
  'AVAILABLE_TO_DEAL',
  'AVAILABLE_CASH',
  'MARGIN',
  'MARGIN_LR',
  'MARGIN_NLR',
] as const satisfies AccountField[]

export const FIGURES_ITEM: StreamItem<AccountFigures> = {
  key: 'ACCOUNT',
  name: 'ACCOUNT',
  spec: account => ({
    mode: 'MERGE',
    items: [`ACCOUNT:${account}`],
    fields: FIGURE_FIELDS,
    isSnapshotWanted: true,
  }),
  reader: out => new FiguresReader(out),
}

/** Figures that are not there, or cannot be read, are unknown ones: `null`. */
class FiguresReader implements ItemReader<AccountFigures> {
  readonly #out: FeedOut<AccountFigures>
  #figures: AccountFigures | null = null
  readonly #make = (): AccountFigures => this.#figures ?? readFigures(() => null, 0)

  constructor(out: FeedOut<AccountFigures>) {
    this.#out = out
  }

  update(row: Row): void {
    this.#tell(readFigures(field => decimalOf(row.value(FIGURE_FIELDS.indexOf(field))), row.receivedAtMs))
  }

  gap(): void {
    this.#tell(readFigures(() => null, this.#out.nowMs()))
  }

  present(): AccountFigures | null {
    return this.#figures
  }

  #tell(figures: AccountFigures): void {
    this.#figures = figures
    this.#out.state(this, this.#make)
  }
}

function readFigures(
  figure: (field: (typeof FIGURE_FIELDS)[number]) => Decimal | null,
  receivedAtMs: number,
): AccountFigures {
  return {
    profitLoss: figure('PNL'),
    profitLossLimitedRisk: figure('PNL_LR'),
    profitLossNormalRisk: figure('PNL_NLR'),
    funds: figure('FUNDS'),
    equity: figure('EQUITY'),
    equityUsedPercent: figure('EQUITY_USED'),
    deposit: figure('DEPOSIT'),
    available: figure('AVAILABLE_TO_DEAL'),
    availableCash: figure('AVAILABLE_CASH'),
    margin: figure('MARGIN'),
    marginLimitedRisk: figure('MARGIN_LR'),
    marginNormalRisk: figure('MARGIN_NLR'),
    receivedAtMs,
  }
}
