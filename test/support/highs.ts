import highsModule from 'highs'

// The package describes its CommonJS half; what an ES module imports is the loader itself.
const load = highsModule as unknown as typeof highsModule.default

/** HiGHS, a general solver for linear programs, for holding answers to small problems against. */
export const highs = await load()
