/** Monotonic milliseconds that all processes of this machine share, since it started. Source: Node.js, `process.hrtime.bigint`; clock_gettime(2), CLOCK_MONOTONIC. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6
