import t from 'tap'
import {
  comparedPlaces,
  MOST_COMPARED,
  readChosen,
  toggled,
  writeChosen,
} from '../../../src/web/pages/matches/chosen.ts'
import { placesFit } from '../../../src/web/pages/matches/counts.ts'
import { relaxationInWords } from '../../../src/web/pages/matches/relaxations.ts'
import { requirementsOf } from '../../../src/web/pages/matches/requirements.ts'
import { aNeed } from './records.ts'

const id = (n: number) => `01890000-0000-7000-8000-00000000000${n}`

t.test('what is compared is kept in the address, and anything else in it is let be', (t) => {
  t.same(readChosen(writeChosen([id(1), id(2)])), [id(1), id(2)])
  t.equal(readChosen(undefined), undefined, 'nobody has chosen')
  t.same(readChosen(''), [], 'somebody took the last one away')
  t.same(readChosen(`${id(1)},<script>,`), [id(1)])
  t.equal(readChosen([1, 2, 3, 4, 5].map(id).join(','))?.length, MOST_COMPARED)
  t.end()
})

t.test('the best two are compared until somebody chooses', (t) => {
  const ranked = [1, 2, 3].map((n) => ({ placeId: id(n) }))
  t.same(comparedPlaces(undefined, ranked), [id(1), id(2)])
  t.same(comparedPlaces([], ranked), [])
  t.same(comparedPlaces([id(3)], ranked), [id(3)])
  t.end()
})

t.test('a fifth place finds no room', (t) => {
  const four = [1, 2, 3, 4].map(id)
  t.equal(toggled(four, id(5)), undefined)
  t.same(toggled(four, id(2)), [id(1), id(3), id(4)])
  t.same(toggled([], id(1)), [id(1)])
  t.end()
})

t.test('the count in words', (t) => {
  t.equal(placesFit(14), 'Passer for 14 plasser nå')
  t.equal(placesFit(1), 'Passer for 1 plass nå')
  t.equal(placesFit(0), 'Passer for ingen plasser nå')
  t.equal(placesFit(undefined), 'Teller plasser …')
  t.end()
})

t.test('what must change, who decides it, and what it gives', (t) => {
  const rule = (ruleId: string, relaxable: 'person' | 'facility') => ({ id: ruleId, title: 'Tittel', relaxable })
  t.same(relaxationInWords({ rules: [rule('pets.accepted', 'facility')], opens: 1 }), {
    change: 'Hvis botilbudet kan ta imot dyr',
    decides: 'Botilbudet avgjør',
    gives: 'passer 1 plass til',
  })
  const two = relaxationInWords({ rules: [rule('features.required', 'person'), rule('ny.regel', 'person')], opens: 3 })
  t.equal(two.change, 'Hvis et krav til boligen heller blir et ønske og regelen «Tittel» ikke gjelder')
  t.equal(two.decides, 'Personen avgjør', 'said once')
  t.equal(two.gives, 'passer 3 plasser til')
  t.end()
})

t.test('the preview asks for what stands in the form, over what is stored', (t) => {
  const need = aNeed({ forms: ['municipal'], behaviour: 2 })
  const asked = requirementsOf(need, { forms: ['private'] })
  t.same(asked.forms, ['private'])
  t.equal(asked.behaviour, 2)
  t.equal(asked.residentId, need.resident.id)
  t.equal(asked.district, '030112')
  t.equal(requirementsOf(aNeed({ responsibleDistrict: '030102' }), {}).district, '030102')
  t.equal(requirementsOf(aNeed({ responsibleDistrict: null }), {}).district, '030112', 'the one that holds it')
  t.notOk('whatMatters' in asked, 'no more than the preview takes')
  t.end()
})
