/**
 * Where strategies run, away from the program. As a process it watches over a thread; as that thread it runs them. Two, because a
 * thread that hangs can be stopped from beside it alone, and one whose heap is full at the wrong moment ends its whole process.
 */
import { isMainThread } from 'node:worker_threads'

await (isMainThread ? import('./job-process.ts') : import('./job-thread.ts'))
