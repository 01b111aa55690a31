import fc from 'fast-check'
import t from 'tap'
import {
  type AppliedMigration,
  MigrationError,
  type MigrationFile,
  remainingSteps,
} from '../../src/db/migrationFiles.ts'

const file = (name: string, checksum = `sum of ${name}`): MigrationFile => ({ name, checksum, path: `/${name}.ts` })
const step = (name: string, checksum: string | undefined = `sum of ${name}`): AppliedMigration => ({
  name,
  checksum,
  appliedAt: '2026-09-01T00:00:00.000Z',
})

/** A project's steps in order, and how many of them the database has been through. */
const history = fc
  .uniqueArray(fc.stringMatching(/^[0-9]{4}-[a-z]{1,5}$/), { minLength: 1, maxLength: 8 })
  .chain((names) => fc.record({ names: fc.constant(names.sort()), done: fc.nat(names.length) }))

t.test('any beginning of the history leaves exactly the rest, in order', async () => {
  fc.assert(
    fc.property(history, ({ names, done }) => {
      const remaining = remainingSteps(
        names.map((name) => file(name)),
        names.slice(0, done).map((name) => step(name)),
      )
      return JSON.stringify(remaining.map(({ name }) => name)) === JSON.stringify(names.slice(done))
    }),
  )
})

t.test('a database that has been through anything else is refused, and the step is named', async () => {
  fc.assert(
    fc.property(history, fc.nat(), fc.constantFrom('change', 'remove'), ({ names, done }, at, how) => {
      const applied = names.slice(0, Math.max(done, 1))
      const victim = applied[at % applied.length]
      const files = names.flatMap((name) => {
        if (name !== victim) return [file(name)]
        return how === 'change' ? [file(name, 'another')] : []
      })
      try {
        remainingSteps(
          files,
          applied.map((name) => step(name)),
        )
        return false
      } catch (error) {
        return error instanceof MigrationError && error.migration === victim && error.message.includes(victim ?? '?')
      }
    }),
  )
})

t.test('each reason says what to do', async (t) => {
  const rows: {
    name: string
    files: MigrationFile[]
    applied: AppliedMigration[]
    expected: { reason: string; migration: string; message: RegExp }
  }[] = [
    {
      name: 'changed after it was applied',
      files: [file('0001-a', 'new'), file('0002-b')],
      applied: [step('0001-a')],
      expected: { reason: 'changed', migration: '0001-a', message: /0001-a was changed.*Restore the file.*new step/ },
    },
    {
      name: 'applied by something that kept no checksum',
      files: [file('0001-a')],
      applied: [{ ...step('0001-a'), checksum: undefined }],
      expected: { reason: 'changed', migration: '0001-a', message: /0001-a was changed/ },
    },
    {
      name: 'an earlier file is gone',
      files: [file('0002-b')],
      applied: [step('0001-a'), step('0002-b')],
      expected: { reason: 'missing', migration: '0001-a', message: /its file is gone.*Restore it/ },
    },
    {
      name: 'the database is newer',
      files: [file('0001-a')],
      applied: [step('0001-a'), step('0002-b')],
      expected: { reason: 'newer', migration: '0002-b', message: /newer than this program.*0002-b.*0001-a/ },
    },
    {
      name: 'the database has a history and the program none',
      files: [],
      applied: [step('0001-a')],
      expected: { reason: 'newer', migration: '0001-a', message: /the last step here is none/ },
    },
    {
      name: 'a step that two branches brought out of order',
      files: [file('0001-a'), file('0002-b'), file('0003-c')],
      applied: [step('0001-a'), step('0003-c')],
      expected: {
        reason: 'out_of_order',
        migration: '0002-b',
        message: /0002-b comes before 0003-c.*name that sorts after/,
      },
    },
  ]
  for (const { name, files, applied, expected } of rows) {
    t.throws(() => remainingSteps(files, applied), expected, name)
  }
})
