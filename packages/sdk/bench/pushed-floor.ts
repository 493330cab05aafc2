import type { FloorClient } from './floor.ts'

export interface StreamLogin {
  readonly url: string
  readonly accountId: string
  readonly clientToken: string
  readonly accountToken: string
}

/** The least that hears a confirm: an order on a raw socket, and a bare WebSocket whose text is searched for its reference. */
export interface PushedFloor {
  order(index: number): Promise<void>
  close(): void
}

/** Source of the requests: TLCP specification, "Session creation" and "Subscription". */
export async function connectPushedFloor(floor: FloorClient, login: StreamLogin): Promise<PushedFloor> {
  const socket = new WebSocket(`${login.url.replace(/^http/, 'ws')}/lightstreamer`, 'TLCP-2.5.0.lightstreamer.com')
  let text = ''
  let onText: () => void = () => {}
  socket.addEventListener('message', ({ data }) => {
    text += data
    onText()
  })
  const heard = (part: string): Promise<void> =>
    new Promise(resolve => {
      onText = () => {
        if (!text.includes(part)) return
        text = ''
        onText = () => {}
        resolve()
      }
      onText()
    })
  await new Promise(resolve => socket.addEventListener('open', resolve))
  const password = encodeURIComponent(`CST-${login.clientToken}|XST-${login.accountToken}`)
  socket.send(`create_session\r\nLS_cid=bench&LS_user=${login.accountId}&LS_password=${password}`)
  await heard('CONOK')
  const subscription = `LS_group=TRADE%3A${login.accountId}&LS_schema=CONFIRMS&LS_mode=DISTINCT&LS_snapshot=false`
  socket.send(`control\r\nLS_reqId=1&LS_op=add&LS_subId=1&${subscription}`)
  await heard('SUBOK')
  return {
    // Whichever comes first: what was heard before the reference is known is kept.
    order: async index => heard(await floor.post(index)),
    close: () => socket.close(),
  }
}
