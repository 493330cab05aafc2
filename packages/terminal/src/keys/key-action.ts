/** What a key can bring about. */
export type KeyAction =
  | 'buy' | 'sell' | 'reverse' | 'join-bid' | 'join-offer'
  | 'flatten' | 'flatten-market' | 'close-position' | 'close-half' | 'close-quarter' | 'cancel-order' | 'cancel-orders'
  | 'breakeven' | 'stop-up' | 'stop-down' | 'limit-up' | 'limit-down' | 'tighten-stop' | 'toggle-trailing' | 'remove-limit'
  | `size-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}` | 'next-preset'
  | 'toggle-armed' | 'lock-day' | 'adopt' | 'accept-unknown'
  | 'next-market' | 'previous-market' | 'pick-market' | 'next-time-frame' | 'next-layout' | 'next-selection' | 'previous-selection'
  | 'help' | 'quit' | 'redraw'
  | 'yes' | 'no'
