import { lookup } from 'node:dns/promises'
import { connect } from 'node:tls'
import { systemClock } from '@scalpdesk/sdk'
import { type Finding, ok, percentile, problem, warning } from './finding.ts'

/**
 * The way to a broker: name, certificate, time of the answers, and the clock. Nobody signs in: the requests carry no key and no
 * token, so that they use up no allowance, and the broker refuses them; how soon it does is the latency.
 */
export async function networkFindings(base: URL): Promise<readonly Finding[]> {
  const named = await nameFinding(base.hostname)
  if (named.state === 'problem') return [named]
  const secured = base.protocol === 'https:' ? [await tlsFinding(base)] : []
  if (secured.some(({ state }) => state === 'problem')) return [named, ...secured]
  return [named, ...secured, ...(await answerFindings(base))]
}

async function nameFinding(host: string): Promise<Finding> {
  const name = 'name'
  const bare = host.replace(/^\[|\]$/g, '')
  const startMs = systemClock.monotonicMs()
  try {
    const { family } = await within(lookup(bare))
    return ok(name, `${host} was found in ${milliseconds(systemClock.monotonicMs() - startMs)} (IPv${family})`)
  } catch (error) {
    return problem(
      name,
      `${host} was not found (${codeOf(error)})`,
      'look at the network connection and its name servers',
    )
  }
}

async function tlsFinding({ hostname, port }: URL): Promise<Finding> {
  const name = 'certificate'
  const { promise, resolve, reject } = Promise.withResolvers<Finding>()
  const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname }, () => {
    const untilMs = Date.parse(socket.getPeerCertificate().valid_to)
    const daysLeft = Math.floor((untilMs - systemClock.nowMs()) / DAY_MS)
    resolve(ok(name, `${socket.getProtocol() ?? 'TLS'}, valid for ${daysLeft} more days`))
  })
  socket.on('error', reject)
  try {
    return await within(promise)
  } catch (error) {
    return problem(
      name,
      `no secure connection to ${hostname} (${codeOf(error)})`,
      'look at the clock of this machine, and whether a proxy stands between',
    )
  } finally {
    socket.destroy()
  }
}

/** The first answer pays for the connection and is not counted. */
async function answerFindings(base: URL): Promise<readonly Finding[]> {
  const times: number[] = []
  let skewMs: number | null = null
  try {
    for (let number = 0; number <= REQUESTS; number++) {
      const startMs = systemClock.monotonicMs()
      const answer = await within(
        fetch(new URL(`${base.pathname.replace(/\/$/, '')}/session`, base), { redirect: 'manual' }),
      )
      await answer.arrayBuffer()
      const tookMs = systemClock.monotonicMs() - startMs
      if (number > 0) times.push(tookMs)
      const date = Date.parse(answer.headers.get('date') ?? '')
      // Sent somewhere in the middle; the header has whole seconds, which are cut off (RFC 9110, section 5.6.7).
      if (!Number.isNaN(date)) skewMs = systemClock.nowMs() - tookMs / 2 - (date + 500)
    }
  } catch (error) {
    return [
      problem(
        'latency',
        `the broker does not answer (${codeOf(error)})`,
        'look at the network, or at the broker’s status page',
      ),
    ]
  }
  return [latencyFinding(times), skewFinding(skewMs)]
}

export function latencyFinding(times: readonly number[]): Finding {
  const [half, most] = [percentile(times, 0.5), percentile(times, 0.95)]
  const says = `p50 ${milliseconds(half)}, p95 ${milliseconds(most)} of ${times.length} requests`
  return half > SLOW_MS
    ? warning('latency', says, 'an order is on its way for so long: scalp from nearer, or over another line')
    : ok('latency', says)
}

/** @param skewMs how far this machine's clock is ahead; null for an answer without a date */
export function skewFinding(skewMs: number | null): Finding {
  const name = 'clock'
  if (skewMs === null)
    return warning(name, 'the broker did not say its time', 'look whether the clock of this machine is right')
  const says = `${(Math.abs(skewMs) / 1_000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'ahead of'} the broker's`
  if (Math.abs(skewMs) <= SKEW_MS) return ok(name, `within ${SKEW_MS / 1_000} s of the broker's`)
  const remedy = 'set the clock of this machine by the network (NTP)'
  return Math.abs(skewMs) > WRONG_CLOCK_MS ? problem(name, says, remedy) : warning(name, says, remedy)
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

/** The system's word for it, never its sentence: that may hold what was sent. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return /^[\w-]{1,60}$/.test(code) ? code : 'no reason given'
}

function within<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<Answer>()
  const limit = systemClock.at(systemClock.monotonicMs() + LONGEST_MS, () =>
    late.reject(Object.assign(new Error('no answer'), { code: 'TIMED-OUT' })),
  )
  return Promise.race([asked, late.promise]).finally(limit.cancel)
}

const DAY_MS = 86_400_000
/** Our choices. */
const REQUESTS = 8
const LONGEST_MS = 5_000
const SLOW_MS = 250
const SKEW_MS = 1_000
const WRONG_CLOCK_MS = 30_000
