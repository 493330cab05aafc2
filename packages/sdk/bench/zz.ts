import { type HeapResult, UNCOLLECTED } from './order-heap-worker.ts'
import { runWorker, startServer } from './pinned-process.ts'

for (const protocol of ['http', 'https']) {
  await using broker = await startServer<{ readonly port: number }>('./broker.ts', [protocol])
  for (const warm of [1000, 2500, 4000])
    for (const name of ['ours', 'undici-dispatch']) {
      const got = []
      for (let i = 0; i < 2; i++)
        got.push(
          Math.round(
            (
              await runWorker<HeapResult>(
                './order-heap-worker.ts',
                [name, broker.info.port, protocol, warm],
                UNCOLLECTED,
              )
            ).bytesPerOrder,
          ),
        )
      console.log(protocol, warm, name, got.join(' '))
    }
}
const young = ['--max-semi-space-size=1024', '--min-semi-space-size=1024']
for (const updates of [50_000, 100_000, 250_000]) {
  const short = ['blast', updates, 10]
  const got = []
  for (let i = 0; i < 2; i++) {
    await using serving = await startServer<{ port: number }>('./tick-server.ts', short)
    got.push(
      Math.round(
        (
          await runWorker<{ heapBytes: number }>(
            './tick-worker.ts',
            ['ours, quotes of MARKET', serving.info.port, ...short],
            young,
          )
        ).heapBytes,
      ),
    )
  }
  console.log('ticks', updates, got.join(' '))
}
