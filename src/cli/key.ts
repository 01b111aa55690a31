import { newKey } from '../access/keyring.ts'

/** `npm run -s key`: the two keys that the configuration needs beside DATABASE_URL, made here and kept nowhere. */
console.log(`IDENTITY_KEY=${newKey('k1')}\nFINGERPRINT_KEY=${newKey('f1')}`)
