import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { keysIn, newKey, openKeyring } from '../../src/access/keyring.ts'

const IDENTITY_KEY = newKey('k1')
const FINGERPRINT_KEY = newKey('f1')
const keyring = openKeyring(IDENTITY_KEY, FINGERPRINT_KEY)
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'Åse Ødegård', '{"name":"Kari"}'))

t.test('what is sealed opens again, for the same row alone', async (t) => {
  fc.assert(
    fc.property(text, fc.uuid(), fc.uuid(), (plain, row, other) => {
      const sealed = keyring.seal(plain, row)
      if (keyring.open(sealed, row) !== plain) return false
      if (row === other) return true
      try {
        keyring.open(sealed, other)
        return false
      } catch {
        return true
      }
    }),
    { numRuns: 300 },
  )
  t.pass('round trip; moved to another row it does not open')
  const sealed = keyring.seal('01817712345', 'row-1')
  t.notOk(sealed.includes('01817712345'), 'the plain text is not in it')
  t.not(
    keyring.seal('x', 'row-1').toString('hex'),
    keyring.seal('x', 'row-1').toString('hex'),
    'the same twice never looks the same',
  )
  t.throws(() => keyring.open(sealed, ''), 'no row at all is another row')
})

t.test('any change is noticed', async (t) => {
  const sealed = keyring.seal('Kari Nordmann, 01817712345', 'row-1')
  const opened: string[] = []
  const attempt = (changed: Buffer, what: string) => {
    try {
      keyring.open(changed, 'row-1')
      opened.push(what)
    } catch {
      // as it should be
    }
  }
  for (let at = 0; at < sealed.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      attempt(changed, `byte ${at} bit ${bit}`)
    }
    attempt(sealed.subarray(0, at), `cut to ${at} bytes`)
  }
  attempt(Buffer.concat([sealed, Buffer.from([0])]), 'one byte more')
  t.same(opened, [], 'no flipped bit and no cut text opens')
  t.equal(keyring.open(sealed, 'row-1'), 'Kari Nordmann, 01817712345', 'untouched it still does')
})

t.test('keys', async (t) => {
  const sealed = keyring.seal('Kari', 'row-1')
  const renamed = openKeyring(newKey('k2'), FINGERPRINT_KEY)
  t.throws(
    () => renamed.open(sealed, 'row-1'),
    { message: 'no key k1 here' },
    'a key that is not here is named by its id',
  )
  const replaced = openKeyring(newKey('k1'), FINGERPRINT_KEY)
  t.throws(() => replaced.open(sealed, 'row-1'), 'another key of the same id')
  t.equal(
    openKeyring(IDENTITY_KEY, newKey('f2')).open(sealed, 'row-1'),
    'Kari',
    'the fingerprint key has no part in it',
  )
  const [id, secret] = newKey('abc').split(':')
  t.equal(id, 'abc')
  t.equal(Buffer.from(secret ?? '', 'base64').length, 32)
  t.not(newKey('k1'), newKey('k1'))
  t.throws(() => openKeyring('no colon', FINGERPRINT_KEY), /a key is an id/)
})

t.test('fingerprints', async (t) => {
  const print = (key: string, number: string) => openKeyring(IDENTITY_KEY, key).fingerprint(number).toString('hex')
  t.equal(keyring.fingerprint('01817712345').length, 32)
  t.equal(print(FINGERPRINT_KEY, '01817712345'), print(FINGERPRINT_KEY, '01817712345'), 'stable over restarts')
  t.equal(
    openKeyring(newKey('k9'), FINGERPRINT_KEY).fingerprint('1').toString('hex'),
    print(FINGERPRINT_KEY, '1'),
    'and over a change of the other key',
  )
  t.not(print(FINGERPRINT_KEY, '01817712345'), print(newKey('f1'), '01817712345'), 'another key, another fingerprint')
  t.equal(
    print('f1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'abc'),
    // HMAC-SHA-256 under the bytes 0–31, worked out with openssl
    'f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47',
  )
  fc.assert(
    fc.property(text, text, (a, b) => (a === b) === keyring.fingerprint(a).equals(keyring.fingerprint(b))),
    { numRuns: 200 },
  )
  t.pass('equal texts meet, different ones do not')
})

t.test('keys of a try-out installation', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'boligtrapp-keys-'))
  t.teardown(() => rm(parent, { recursive: true }))
  const dir = join(parent, 'made', 'on the way')
  const keys = await keysIn(dir)
  t.same(await keysIn(dir), keys, 'made once')
  t.not((await keysIn(parent)).identityKey, keys.identityKey, 'each installation has its own')
  t.equal((await stat(join(dir, 'keys.json'))).mode & 0o777, 0o600, 'for their owner alone')
  const made = openKeyring(keys.identityKey, keys.fingerprintKey)
  t.equal(made.open(made.seal('Kari', 'row-1'), 'row-1'), 'Kari')
  await writeFile(join(dir, 'keys.json'), 'spoilt')
  await t.rejects(keysIn(dir), SyntaxError, 'spoilt keys are an error, never silently made anew')
  t.equal(await readFile(join(dir, 'keys.json'), 'utf8'), 'spoilt')
})
