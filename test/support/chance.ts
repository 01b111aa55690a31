import fc from 'fast-check'

/*
 * Loaded before every test file (`.taprc`). The same seed for every run, so that what passed passes again and a failure is found
 * again by whoever looks for it; other chances are for `CHANCE=any npm test`, and for one of them by its number.
 */
const { CHANCE = '20260901' } = process.env
if (CHANCE !== 'any') fc.configureGlobal({ seed: Number(CHANCE) })
