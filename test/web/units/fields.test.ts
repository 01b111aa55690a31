import t from 'tap'
import { fieldId, fieldProps } from '../../../src/web/form/fields.ts'

t.test('a field has an id that its error can be linked to', (t) => {
  t.equal(fieldId('/household/children/0'), 'felt-household-children-0')
  t.equal(fieldId('name'), 'felt-name')
  t.end()
})

t.test('a field gets its own message and no other', (t) => {
  const errors = [{ pointer: '/forms', code: 'missing', detail: 'Velg en.' }]
  t.same(fieldProps(errors, '/forms'), { id: 'felt-forms', error: 'Velg en.' })
  t.same(fieldProps(errors, '/form'), { id: 'felt-form', error: undefined })
  t.end()
})
