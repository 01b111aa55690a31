import { deserialize, serialize } from 'node:v8'

/** A value in memory that all threads see, so that it is packed once and copied to none. */
export function share(value: unknown): SharedArrayBuffer {
  const packed = serialize(value)
  const shared = new SharedArrayBuffer(packed.byteLength)
  new Uint8Array(shared).set(packed)
  return shared
}

/** What was shared, unpacked for this thread. */
export function unshare<T>(shared: SharedArrayBuffer): T {
  return deserialize(new Uint8Array(shared)) as T
}
