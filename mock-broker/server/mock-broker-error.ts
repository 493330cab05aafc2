/** The mock broker could not start as asked. */
export class MockBrokerError extends Error {
  override readonly name = 'MockBrokerError'
  /** `host-not-loopback`, `bad-option`, `bad-faults`, or the system's own code such as `EADDRINUSE`. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
