import type { Direction } from '@scalpdesk/sdk'

export const opposite = (direction: Direction): Direction => (direction === 'BUY' ? 'SELL' : 'BUY')
