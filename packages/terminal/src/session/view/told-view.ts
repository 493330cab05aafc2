import type { Message } from '@scalpdesk/desk'
import type { ToldView } from '../../screen/view.ts'

/** What a message of the desk tells that the positions or the exposure will show, too; null: nothing of it. */
export function toldView({ id, values }: Message): ToldView | null {
  switch (id) {
    case 'filled': {
      const { direction, size, market, level } = values
      return { kind: 'filled', direction, size, market, level }
    }
    case 'closed':
      return { kind: 'closed', direction: values.direction, size: values.size }
    case 'closed-by-broker':
      return { kind: 'closed', direction: values.position.direction, size: values.position.size }
    case 'flat':
      return values.market === null ? { kind: 'flat' } : null
    default:
      return null
  }
}
