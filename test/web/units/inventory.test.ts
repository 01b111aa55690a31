import t from 'tap'
import type { Facility } from '../../../src/web/api/types.ts'
import { criteriaInWords } from '../../../src/web/pages/facilities/criteria.ts'
import { facilitiesNamed } from '../../../src/web/pages/facilities/search.ts'
import { placeFilter, readPlaceSearch } from '../../../src/web/pages/places/filter.ts'
import { placeState } from '../../../src/web/pages/places/placeState.ts'
import { aPlace, names } from './records.ts'

const aFacility = (changes: Partial<Facility> = {}): Facility => ({
  id: 'x',
  version: 1,
  name: 'Furuset hus',
  operator: 'Bydel Alna',
  operatorKind: 'district',
  districtCode: '030112',
  address: null,
  serves: 'own_district',
  servedDistricts: [],
  openDuring: { from: '2015-01-01', to: null },
  minAge: null,
  maxAge: null,
  genders: [],
  substanceStance: 'tolerant',
  maxBehaviour: 3,
  maxSecurity: 2,
  childrenAllowed: false,
  petsAllowed: false,
  maxExtensiveBehaviour: null,
  maxMoveInsPerMonth: null,
  admitting: true,
  notAdmittingReason: null,
  vacancyConfirmedAt: null,
  places: 4,
  freePlaces: 1,
  ...changes,
})

t.test('how a place stands: the first thing that keeps one from moving in', (t) => {
  const on = '2026-09-01'
  t.equal(placeState(aPlace(), on), 'Ledig')
  t.equal(placeState(aPlace({ openDuring: { from: '2026-09-01', to: null } }), on), 'Ledig', 'opens that day')
  t.equal(placeState(aPlace({ openDuring: { from: '2026-09-02', to: null }, taken: true }), on), 'Ikke åpnet')
  t.equal(placeState(aPlace({ openDuring: { from: '2015-01-01', to: '2026-09-01' } }), on), 'Lagt ned', 'half-open')
  t.equal(placeState(aPlace({ taken: true, closed: true }), on), 'Opptatt')
  t.equal(placeState(aPlace({ closed: true, admitting: false }), on), 'Sperret')
  t.equal(placeState(aPlace({ admitting: false, held: true }), on), 'Ledig, men botilbudet tar ikke imot')
  t.equal(placeState(aPlace({ held: true }), on), 'Holdt av for noen')
  t.end()
})

t.test('filters are read from the address, and what is malformed is left out', (t) => {
  t.same(readPlaceSearch({ boligform: 'municipal', bydel: '030112', ledig: '2026-09-01', navn: 'Kari' }), {
    boligform: 'municipal',
    bydel: '030112',
    ledig: '2026-09-01',
  })
  t.same(readPlaceSearch({ bydel: 30112 }), { bydel: '030112' }, 'a code that was read as a number')
  t.same(readPlaceSearch({ boligform: '<x>', bydel: '99', ledig: 'i dag' }), {})
  t.same(placeFilter({ boligform: 'municipal', bydel: '030112' }, [{ id: 'municipal' }]), {
    form: 'municipal',
    district: '030112',
  })
  t.same(placeFilter({ boligform: 'slott' }, [{ id: 'municipal' }]), {}, 'a form that does not exist')
  t.end()
})

t.test('a facility is found by any words of its name', (t) => {
  const all = [aFacility(), aFacility({ id: 'y', name: 'Hus på Løkka', operator: 'Stiftelsen' })]
  const found = (typed: string) => facilitiesNamed(all, typed).map(({ id }) => id)
  t.same(found('HUS'), ['x', 'y'])
  t.same(found('løkka hus'), ['y'])
  t.same(found('alna'), ['x'], 'also by who runs it')
  t.same(found(' '), [], 'nothing typed finds nothing')
  t.end()
})

t.test('criteria in words', (t) => {
  const said = (changes: Partial<Facility>, title: string) =>
    criteriaInWords(aFacility(changes), names).find((criterion) => criterion.title === title)?.text
  t.equal(said({}, 'Alder'), 'alle aldre')
  t.equal(said({ minAge: 18 }, 'Alder'), 'fra 18 år')
  t.equal(said({ maxAge: 67 }, 'Alder'), 'til og med 67 år')
  t.equal(said({ minAge: 0, maxAge: 25 }, 'Alder'), '0–25 år')
  t.equal(said({ genders: ['woman'] }, 'Kjønn'), 'bare de som er woman')
  t.equal(said({ serves: 'city' }, 'Hvem det er for'), 'hele byen')
  t.equal(said({}, 'Hvem det er for'), 'bydel 030112')
  t.equal(said({}, 'Hvem som bor sammen'), undefined, 'no limit, no line')
  t.equal(
    said({ maxExtensiveBehaviour: 0 }, 'Hvem som bor sammen'),
    'høyst 0 med «atferd 3» behov samtidig',
    'none at all is a limit',
  )
  t.equal(said({ admitting: false, notAdmittingReason: 'mangler folk' }, 'Inntak'), 'tar ikke imot nå: mangler folk')
  t.end()
})
