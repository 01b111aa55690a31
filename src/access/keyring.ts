import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const IV_LENGTH = 12
const TAG_LENGTH = 16

/** Encrypts identities and stored answers; a separate key makes the fingerprint that finds a person by number. */
export interface Keyring {
  /** AES-256-GCM; the key's id stands in the ciphertext and `boundTo` (a row's id) is authenticated with it. */
  seal(plaintext: string, boundTo: string): Buffer
  /** @throws {Error} when the text was changed, moved to another row, or made with a key that is not here. */
  open(sealed: Buffer, boundTo: string): string
  /** The id of the key that is sealed with. */
  keyId: string
  /** A keyed hash of 32 bytes: equal numbers meet, and nobody without the key can try them all. */
  fingerprint(text: string): Buffer
}

/** A new key as the configuration takes it: an id, a colon, 32 random bytes in base64. */
export function newKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`
}

function parseKey(key: string): { id: string; secret: Buffer } {
  const [id, secret] = key.split(':')
  if (id === undefined || secret === undefined) throw new Error('a key is an id, a colon and 32 bytes in base64')
  return { id, secret: Buffer.from(secret, 'base64') }
}

/**
 * Builds the keyring from configured keys; the form of each was checked with the configuration.
 * @param readable further identity keys that open what they sealed, and seal nothing: old ones, until all is sealed anew
 */
export function openKeyring(identityKey: string, fingerprintKey: string, readable: readonly string[] = []): Keyring {
  const current = parseKey(identityKey)
  const secrets = new Map([...readable.map(parseKey), current].map(({ id, secret }) => [id, secret]))
  // made into a key once, since that costs more than a hash
  const fingerprinting = createSecretKey(parseKey(fingerprintKey).secret)
  return {
    keyId: current.id,
    seal(plaintext, boundTo) {
      const id = Buffer.from(current.id, 'latin1')
      const iv = randomBytes(IV_LENGTH)
      const cipher = createCipheriv('aes-256-gcm', current.secret, iv).setAAD(Buffer.from(boundTo))
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([id.length]), id, iv, cipher.getAuthTag(), body])
    },
    open(sealed, boundTo) {
      const idEnd = 1 + (sealed[0] ?? 0)
      const id = sealed.subarray(1, idEnd).toString('latin1')
      const secret = secrets.get(id)
      if (secret === undefined) throw new Error(`no key ${id} here`)
      const iv = sealed.subarray(idEnd, idEnd + IV_LENGTH)
      const tag = sealed.subarray(idEnd + IV_LENGTH, idEnd + IV_LENGTH + TAG_LENGTH)
      const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_LENGTH })
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(tag)
      const body = sealed.subarray(idEnd + IV_LENGTH + TAG_LENGTH)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
    fingerprint(text) {
      return createHmac('sha256', fingerprinting).update(text).digest()
    },
  }
}

/** The keys of a try-out installation, made once and kept in `dataDir` for its owner alone. */
export async function keysIn(dataDir: string): Promise<{ identityKey: string; fingerprintKey: string }> {
  const path = join(dataDir, 'keys.json')
  try {
    return JSON.parse(await readFile(path, 'utf8')) as { identityKey: string; fingerprintKey: string }
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error
  }
  const keys = { identityKey: newKey('k1'), fingerprintKey: newKey('f1') }
  await mkdir(dataDir, { recursive: true })
  await writeFile(path, `${JSON.stringify(keys)}\n`, { mode: 0o600, flag: 'wx' })
  return keys
}
