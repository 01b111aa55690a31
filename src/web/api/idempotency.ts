/**
 * Keys for POSTs that create or decide. The same body gets the same key until it has succeeded, so that a second click or
 * a retry after a lost answer does not create twice; a changed body gets a new key, since the service refuses an old one.
 * @param newKey where keys come from
 */
export function idempotencyKeys(newKey: () => string = () => crypto.randomUUID()) {
  let current: { body: string; key: string } | null = null
  return {
    /** The value of `Idempotency-Key` for this body. */
    keyFor(body: unknown): string {
      const fingerprint = JSON.stringify(body)
      if (current === null || current.body !== fingerprint) current = { body: fingerprint, key: newKey() }
      return current.key
    },
    /** Call when the service has answered yes: the next send is a new act, even with the same body. */
    done() {
      current = null
    },
  }
}
