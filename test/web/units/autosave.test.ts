import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { ApiError, readProblem } from '../../../src/web/api/problem.ts'
import { createAutosave } from '../../../src/web/form/autosave.ts'

type Values = { a: string; b: string }

/** A service that holds one record, as the real one does: versions, refusals, and a time that an answer takes. */
function service() {
  const state = { values: { a: '', b: '' }, version: 1, sent: [] as Partial<Values>[], most: 0, down: false }
  let open = 0
  const form = createAutosave<Values>({
    initial: { value: state.values, etag: '1' },
    delayMs: 5,
    reload: async () => {
      if (state.down) throw new TypeError('Failed to fetch')
      return { value: state.values, etag: String(state.version) }
    },
    save: async ({ changes, etag }) => {
      open += 1
      state.most = Math.max(state.most, open)
      await wait(10)
      open -= 1
      if (state.down) throw new TypeError('Failed to fetch')
      if (etag !== String(state.version)) throw new ApiError(readProblem(412, { title: 'stale' }))
      if (changes.a === 'feil') {
        throw new ApiError(readProblem(422, { title: 'x', errors: [{ pointer: '/a', code: 'x', detail: 'x' }] }))
      }
      state.sent.push(changes)
      state.values = { ...state.values, ...changes }
      state.version += 1
      return String(state.version)
    },
  })
  function savedByAnother(values: Partial<Values>) {
    state.values = { ...state.values, ...values }
    state.version += 1
  }
  return { state, form, savedByAnother }
}

t.test('sends only what changed, one request at a time', async (t) => {
  const { state, form } = service()
  form.change({ a: 'x' })
  const saving = form.flush()
  form.change({ b: 'y' })
  form.change({ b: 'yy' })
  t.equal(await saving, true)
  t.same(state.sent, [{ a: 'x' }, { b: 'yy' }])
  t.equal(state.most, 1)
  t.equal(form.state().status, 'saved')
})

t.test('saves by itself a little after the last change', async (t) => {
  const { state, form } = service()
  form.change({ a: 'z' })
  t.equal(form.state().status, 'unsaved')
  // as long as a busy machine takes; nobody asks it to save
  for (let tries = 0; tries < 500 && form.state().status !== 'saved'; tries += 1) await wait(10)
  t.equal(state.values.a, 'z')
  t.equal(form.state().status, 'saved')
})

t.test('a refused answer stays where it was typed, and going back to what is saved needs no request', async (t) => {
  const { state, form } = service()
  form.change({ a: 'feil' })
  t.equal(await form.flush(), false)
  t.equal(form.state().status, 'rejected')
  t.equal(form.state().values.a, 'feil')
  form.change({ a: '' })
  t.equal(form.state().status, 'saved')
  t.same(state.sent, [])
})

t.test('an outage loses nothing', async (t) => {
  const { state, form } = service()
  state.down = true
  form.change({ a: 'skrevet' })
  t.equal(await form.flush(), false)
  t.equal(form.state().status, 'failed')
  t.equal(form.state().values.a, 'skrevet')
  state.down = false
  t.equal(await form.flush(), true)
  t.equal(state.values.a, 'skrevet')
})

t.test('a newer version of another is never written over, and nothing is sent until one has chosen', async (t) => {
  const { state, form, savedByAnother } = service()
  savedByAnother({ b: 'deres' })
  form.change({ a: 'mitt' })
  t.equal(await form.flush(), false)
  t.equal(form.state().status, 'conflict')
  form.change({ a: 'mitt!' })
  t.equal(await form.flush(), false)
  t.same(state.sent, [])
  t.equal(await form.keepMine(), true)
  t.same(state.values, { a: 'mitt!', b: 'deres' })
  t.same(form.state().values, state.values)
})

t.test('one may take the version of the other', async (t) => {
  const { form, savedByAnother } = service()
  savedByAnother({ a: 'deres', b: 'deres' })
  form.change({ a: 'mitt' })
  await form.flush()
  t.equal(await form.takeTheirs(), true)
  t.same(form.state().values, { a: 'deres', b: 'deres' })
  t.equal(form.state().status, 'saved')
})

t.test('a conflict stands while the newer version cannot be fetched', async (t) => {
  const { state, form, savedByAnother } = service()
  savedByAnother({ a: 'deres' })
  form.change({ a: 'mitt' })
  await form.flush()
  state.down = true
  t.equal(await form.keepMine(), false)
  t.equal(await form.takeTheirs(), false)
  t.equal(form.state().status, 'conflict')
  t.equal(form.state().problem?.status, 0, 'and it is said why')
  t.equal(form.state().values.a, 'mitt')
})
