import type { Random } from '../index.ts'

/** Rows by the mode of their subscription, whose number is to be put in. */
const ROWS = [
  'U,SUB,1,1.08501|1.08507|14:05:33',
  'U,SUB,1,1.08502||14:05:34',
  'U,SUB,2,^2|#',
  'U,SUB,1,$|%C3%A9|a%7Cb',
  'U,SUB,1,foobar|{"a":1}|c',
  'U,SUB,1,^Tbdzapcd|^P%5B%7B"op":"replace","path":"/a","value":2%7D%5D|',
  'U,SUB,1,{"a":1}|{"b":[1,2,{"c":"d"}]}|foobar',
  'U,SUB,1,A|ADD|10',
  'U,SUB,1,A|UPDATE|11',
  'U,SUB,1,B|ADD|12',
  'U,SUB,1,A|DELETE|#',
  'U,SUB,1,event|#|$',
  'U,SUB,1,raw||^1',
  'EOS,SUB,1',
  'CS,SUB,1',
  'OV,SUB,1,7',
  'CONF,SUB,unlimited,filtered',
  'CONF,SUB,2.5,unfiltered',
] as const
const OTHERS = [
  'SUBOK,SUB,2,3',
  'SUBCMD,SUB,1,3,1,2',
  'UNSUB,SUB',
  'REQOK,3',
  'REQERR,3,-1,Insufficient permissions%2C item',
  'REQERR,4,19,not found',
  'MSGDONE,*,1,thanks',
  'MSGFAIL,Orders,2,39,2',
  'PROBE',
  'SYNC,12',
  'NOOP,padding',
  'SERVNAME,Lightstreamer HTTP Server',
  'CLIENTIP,127.0.0.1',
  'CONS,unlimited',
  'CONS,40.5',
] as const
/** What ends a connection, or a session. */
const ENDS = [
  'PROG,6',
  'LOOP,0',
  'CONOK,S1,50000,1000,push.example.com',
  'END,48,expired',
  'CONERR,5,busy',
  'ERROR,67,malformed',
] as const
const TOKENS = [
  '',
  '#',
  '$',
  '^',
  '^9999999',
  '^P',
  '^T',
  '%',
  '%zz',
  '|',
  '||||||||',
  ',',
  ',,,',
  '-1',
  '999999999999',
  '\r',
  '\n',
  '\r\n',
  '\0',
  'é',
  '日本',
]

export function pick<T>(from: readonly T[], random: Random): T {
  const one = from[Math.floor(random.next() * from.length)]
  if (one === undefined) throw new Error('expected something to pick from, but there is nothing')
  return one
}

/**
 * One line, every other one broken in some way; without its line end.
 * @param subIds of the subscriptions that there are.
 */
export function mutatedLine(subIds: readonly number[], random: Random): Buffer {
  const luck = random.next()
  const text = luck < 0.9 ? pick(ROWS, random) : luck < 0.995 ? pick(OTHERS, random) : pick(ENDS, random)
  let line: Buffer = Buffer.from(text.replace('SUB,', `${subIds.length === 0 ? 1 : pick(subIds, random)},`))
  if (random.next() < 0.5) return line
  for (let changes = 1 + Math.floor(random.next() * 3); changes > 0; changes--) line = mutate(line, random)
  return line
}

function mutate(line: Buffer, random: Random): Buffer {
  const at = Math.floor(random.next() * (line.length + 1))
  const to = at + Math.floor(random.next() * (line.length - at + 1))
  switch (Math.floor(random.next() * 6)) {
    case 0:
      return Buffer.concat([
        line.subarray(0, at),
        Buffer.from([Math.floor(random.next() * 256)]),
        line.subarray(at + 1),
      ])
    case 1:
      return Buffer.concat([line.subarray(0, at), line.subarray(to)])
    case 2:
      return Buffer.concat([line.subarray(0, to), line.subarray(at)])
    case 3:
      return Buffer.concat([line.subarray(0, at), Buffer.from(pick(TOKENS, random)), line.subarray(at)])
    case 4:
      return Buffer.concat([line.subarray(0, at), Buffer.from(pick(ROWS, random)).subarray(at)])
    default:
      return Buffer.from(line.toString('latin1').replace(/\d+/, () => String(Math.floor(random.next() * 12) - 1)))
  }
}
