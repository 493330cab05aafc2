import type { Position } from '@scalpdesk/sdk'
import type { PositionsDocument } from '../../documents/documents.ts'
import { EXIT } from '../../exit-status.ts'
import { answer } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { figure, isoTime, orDash } from '../plain-value.ts'
import { table } from '../table.ts'
import { lookAt } from './look-at.ts'

/** What the broker says is open. */
export async function runPositions(options: CommonOptions): Promise<number> {
  const context = commandContext(options)
  const document = await lookAt(context, 'account', async ({ ig, environment }): Promise<PositionsDocument> => {
    const positions = await ig.positions.list()
    return { environment, account: ig.account.id, positions: positions.map(positionView) }
  })
  const rows = document.positions.map(position => [
    position.dealId,
    position.name,
    position.direction,
    position.size,
    orDash(position.level),
    orDash(position.direction === 'BUY' ? position.bid : position.offer),
    position.stopLevel === null ? 'NO STOP' : stopWords(position.stopLevel, position),
    orDash(position.limitLevel),
  ])
  const lines = table(
    [
      { title: 'DEAL' },
      { title: 'MARKET' },
      { title: 'SIDE' },
      { title: 'SIZE', side: 'right' },
      { title: 'LEVEL', side: 'right' },
      { title: 'NOW', side: 'right' },
      { title: 'STOP', side: 'right' },
      { title: 'LIMIT', side: 'right' },
    ],
    rows,
  )
  answer(context.asJson, document, rows.length > 0 ? lines : ['no position is open'])
  return EXIT.done
}

function stopWords(level: string, { isGuaranteed, trailing }: PositionsDocument['positions'][number]): string {
  return `${level}${isGuaranteed ? ' guaranteed' : trailing ? ' trailing' : ''}`
}

function positionView(position: Position): PositionsDocument['positions'][number] {
  const { trailingStop } = position
  return {
    dealId: position.dealId,
    reference: position.dealReference,
    epic: position.epic,
    name: position.marketName,
    direction: position.direction,
    size: position.size.toFixed(),
    level: figure(position.level),
    bid: figure(position.bid),
    offer: figure(position.offer),
    stopLevel: figure(position.stopLevel),
    limitLevel: figure(position.limitLevel),
    isGuaranteed: position.isGuaranteed,
    trailing: trailingStop && {
      distancePoints: trailingStop.distancePoints.toFixed(),
      stepPoints: trailingStop.stepPoints.toFixed(),
    },
    currency: position.currency,
    contractSize: position.contractSize.toFixed(),
    openedAt: isoTime(position.createdAtMs),
  }
}
