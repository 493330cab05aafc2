import { expect, it } from 'vitest'
import { isDataNotification, parseNotification } from './notification.ts'

it.each([
  [
    'CONOK,S1T1,50000,5000,*',
    { kind: 'connected', sessionId: 'S1T1', requestLimit: 50000, keepaliveMs: 5000, controlLink: null },
  ],
  [
    'CONOK,S1,50000,5000,push.example.com',
    { kind: 'connected', sessionId: 'S1', requestLimit: 50000, keepaliveMs: 5000, controlLink: 'push.example.com' },
  ],
  [
    'CONERR,1,User%2Fpassword check failed%2C sorry',
    { kind: 'refused', code: 1, text: 'User/password check failed, sorry' },
  ],
  ['CONERR,1,raw, comma message', { kind: 'refused', code: 1, text: 'raw, comma message' }],
  ['CONERR,-7,', { kind: 'refused', code: -7, text: '' }],
  ['END,31,broken %zz text', { kind: 'ended', code: 31, text: 'broken %zz text' }],
  ['LOOP,0', { kind: 'loop', afterMs: 0 }],
  ['PROG,6', { kind: 'progress', count: 6 }],
  ['REQOK,3', { kind: 'request-done', requestId: 3 }],
  ['REQOK', { kind: 'request-done', requestId: null }],
  [
    'REQERR,1,-1,Insufficient permissions%2C item',
    { kind: 'request-refused', requestId: 1, code: -1, text: 'Insufficient permissions, item' },
  ],
  ['ERROR,67,malformed', { kind: 'request-unreadable', code: 67, text: 'malformed' }],
  ['SUBOK,1,1,10', { kind: 'subscribed', subId: 1, items: 1, fields: 10, command: null }],
  [
    'SUBCMD,1,2,3,1,2',
    { kind: 'subscribed', subId: 1, items: 2, fields: 3, command: { keyField: 1, commandField: 2 } },
  ],
  ['UNSUB,1', { kind: 'unsubscribed', subId: 1 }],
  ['EOS,2,1', { kind: 'snapshot-end', subId: 2, item: 1 }],
  ['OV,1,1,7', { kind: 'overflow', subId: 1, item: 1, count: 7 }],
  ['PROBE', { kind: 'noted' }],
  ['SYNC,-28', { kind: 'noted' }],
  ['CS,2,1', { kind: 'cleared', subId: 2, item: 1 }],
  ['CONF,1,unlimited,filtered', { kind: 'frequency', subId: 1, real: { perSecond: 'unlimited', isFiltered: true } }],
  ['CONF,1,0.5,unfiltered', { kind: 'frequency', subId: 1, real: { perSecond: 0.5, isFiltered: false } }],
  ['CONS,unlimited', { kind: 'bandwidth', kbps: 'unlimited' }],
  ['CONS,unmanaged', { kind: 'bandwidth', kbps: 'unmanaged' }],
  ['CONS,40.5', { kind: 'bandwidth', kbps: 40.5 }],
  ['SERVNAME,Lightstreamer%20HTTP Server', { kind: 'server-name', text: 'Lightstreamer HTTP Server' }],
  ['CLIENTIP,127.0.0.1', { kind: 'client-address', text: '127.0.0.1' }],
  ['MSGDONE,Orders,3', { kind: 'message-done', sequence: 'Orders', number: 3, response: null }],
  ['MSGDONE,*,3,a%2Cb,c', { kind: 'message-done', sequence: null, number: 3, response: 'a,b,c' }],
  [
    'MSGFAIL,Orders,4,-5,no%2C sorry, no',
    { kind: 'message-failed', sequence: 'Orders', number: 4, code: -5, text: 'no, sorry, no' },
  ],
  ['NOOP,padding', { kind: 'noted' }],
  ['CONF,1,often,filtered', { kind: 'malformed', line: 'CONF,1,often,filtered' }],
  ['CONS,fast', { kind: 'malformed', line: 'CONS,fast' }],
  ['MSGDONE,*', { kind: 'malformed', line: 'MSGDONE,*' }],
  ['MSGFAIL,*,1', { kind: 'malformed', line: 'MSGFAIL,*,1' }],
  ['MPNDONE,whatever', { kind: 'noted' }],
  ['PROG,x', { kind: 'malformed', line: 'PROG,x' }],
  ['CONOK,S1', { kind: 'malformed', line: 'CONOK,S1' }],
  ['SUBOK,1,1', { kind: 'malformed', line: 'SUBOK,1,1' }],
])('reads %s', (line, expected) => {
  expect(parseNotification(line)).toEqual(expected)
})

it('counts data notifications, and nothing else, for recovery', () => {
  const data = [
    'U,1,1,a',
    'SUBOK,1,1,1',
    'SUBCMD,1,1,1,1,1',
    'UNSUB,1',
    'EOS,1,1',
    'CS,1,1',
    'OV,1,1,1',
    'CONF,1,1,1',
    'MSGDONE,*,1',
    'MSGFAIL,*,1,1,x',
  ]
  const others = [
    'PROBE',
    'REQOK,1',
    'REQERR,1,1,x',
    'PROG,1',
    'LOOP,0',
    'CONOK,a,1,1,*',
    'SYNC,1',
    'CONS,1',
    'UNKNOWN,1',
  ]
  expect(data.filter(isDataNotification)).toEqual(data)
  expect(others.filter(isDataNotification)).toEqual([])
})
