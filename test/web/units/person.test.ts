import t from 'tap'
import {
  blankPerson,
  childrenInWords,
  newPerson,
  personChanges,
  personValues,
  residentSearch,
} from '../../../src/web/pages/residents/person.ts'
import { aResident } from './records.ts'

t.test('digits are searched for as a number, everything else as a name', (t) => {
  t.same(residentSearch(' 018390 12345 '), { personalNumber: '01839012345' })
  t.same(residentSearch('123456'), { personalNumber: '123456' }, 'too short a number is refused as a number')
  t.same(residentSearch('Kari 2'), { name: 'Kari 2' })
  t.end()
})

t.test('a stored person comes back as it was, and a number is never sent by itself', (t) => {
  const resident = aResident()
  const values = personValues(resident)
  t.equal(values.personalNumber, '')
  t.same(personChanges({ personalNumber: ' ' }), {})
  t.same(personChanges({ personalNumber: '01839012345' }), { personalNumber: '01839012345' })
  t.same(personChanges({ adults: 2 }), { household: { adults: 2 } }, 'only what changed')
  t.same(personChanges({ name: 'Ny' }), { name: 'Ny' }, 'no household without a change in it')
  t.same(personChanges(values).household, {
    adults: resident.household.adults,
    pets: resident.household.pets,
    children: resident.household.children,
  })
  t.end()
})

t.test('a new person is registered in the district of the officer', (t) => {
  const body = newPerson(blankPerson({ name: 'Kari' }), '030112')
  t.equal(body.district, '030112')
  t.equal(body.personalNumber, null)
  t.equal(body.name, 'Kari')
  t.same(body.household, { adults: 1, pets: null, children: [] })
  t.notOk('adults' in body)
  t.end()
})

t.test('children in words', (t) => {
  const child = (arrangement: 'living' | 'visiting') => ({ birthYear: 2016, arrangement })
  t.equal(childrenInWords([]), 'ingen')
  t.equal(childrenInWords([child('living')]), '1 bor fast')
  t.equal(childrenInWords([child('visiting'), child('living'), child('visiting')]), '1 bor fast, 2 er på besøk')
  t.end()
})
