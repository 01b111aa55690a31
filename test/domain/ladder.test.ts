import fc from 'fast-check'
import t from 'tap'
import { FORMS, formById, type HousingForm, STEP_NAMES, stepOf } from '../../src/domain/ladder.ts'
import { STAFFING_NAMES, type Staffing, staffingDifference, staffingLevel } from '../../src/domain/staffing.ts'
import { parseSource } from '../../src/reference/sources.ts'

const STEPS: Record<HousingForm, number> = {
  no_home: 0,
  temporary: 0,
  vel_emergency: 1,
  vel_assessment: 1,
  vel_coping: 1,
  vel_resource: 1,
  vel_care: 1,
  vel_reinforced: 1,
  long_term_home: 1,
  private_institution: 1,
  district_short_stay: 1,
  transitional: 2,
  citywide_specialised: 2,
  colocated_24h: 2,
  colocated_day: 2,
  assisted: 2,
  municipal_support: 3,
  municipal: 3,
  private_support: 4,
  private: 4,
}

t.test('every housing form, once, on its step, lowest step first', async (t) => {
  t.same(
    FORMS.map((form) => form.id),
    Object.keys(STEPS),
  )
  for (const form of FORMS) {
    t.equal(stepOf(form.id), STEPS[form.id], form.id)
    t.equal(form.stepName, STEP_NAMES[form.step], form.id)
    t.equal(formById(form.id), form, form.id)
    t.doesNotThrow(() => parseSource(form.source), form.id)
    t.not(form.purposeReason, '', form.id)
  }
  t.equal(new Set(FORMS.map((form) => form.name)).size, FORMS.length, 'no two forms have the same name')
  t.throws(() => formById('castle' as HousingForm), RangeError)
})

t.test('what is not a place, and what nobody decides', async (t) => {
  const noPlace = FORMS.filter((form) => !form.isPlace)
  t.same(
    noPlace.map((form) => form.id),
    ['no_home'],
  )
  for (const form of FORMS) {
    t.equal(form.isPlace, form.purpose !== null, `${form.id}: every place has a purpose`)
    t.equal(
      form.isPlace,
      form.givenBy !== null && form.decidedBy !== null,
      `${form.id}: every place is given and decided`,
    )
  }
})

t.test('norms and reviews', async (t) => {
  const norms = FORMS.filter((form) => form.stayNormDays !== null).map((form) => [
    form.id,
    form.stayNormDays,
    form.stayNormText,
  ])
  t.same(norms, [
    ['temporary', 92, '3 måneder'],
    ['vel_emergency', 14, '14 dager'],
    ['vel_assessment', 92, '3 måneder'],
    ['vel_coping', 366, '12 måneder'],
    ['vel_resource', 366, '12 måneder'],
    ['transitional', 731, '6–24 måneder'],
  ])
  const reviews = FORMS.filter((form) => form.reviewMonths !== null).map((form) => [form.id, form.reviewMonths])
  t.same(reviews, [
    ['vel_care', 6],
    ['vel_reinforced', 6],
    ['private_institution', 3],
    ['citywide_specialised', 12],
    ['colocated_24h', 12],
    ['colocated_day', 12],
  ])
  t.equal(formById('vel_care').purpose, 'home', 'staying may be right, so it is a home and has no norm')
  t.match(formById('district_short_stay').stayNormText, /ikke noe tall/, 'a norm no source puts a number on says so')
})

t.test('who gives and who decides', async (t) => {
  const vel = FORMS.filter((form) => form.givenBy === 'vel')
  t.same(
    vel.map((form) => form.id),
    ['vel_emergency', 'vel_assessment', 'vel_coping', 'vel_resource', 'vel_care', 'vel_reinforced'],
  )
  for (const form of vel) t.equal(form.decidedBy, 'district', `${form.id}: VEL gives, the bydel decides`)
  t.same(
    FORMS.filter((form) => form.decidedBy === 'landlord').map((form) => form.id),
    ['private_support', 'private'],
  )
  t.same(
    FORMS.filter((form) => form.selfReferral).map((form) => form.id),
    ['vel_resource'],
  )
})

t.test('staffing is ordered, and unknown is not a level', async (t) => {
  const kinds = Object.keys(STAFFING_NAMES) as Staffing[]
  const kind = fc.constantFrom(...kinds)
  fc.assert(
    fc.property(kind, kind, (needed, given) => {
      const there = staffingDifference(needed, given)
      const back = staffingDifference(given, needed)
      const known = staffingLevel(needed) !== null && staffingLevel(given) !== null
      return known ? there !== null && back !== null && there + back === 0 : there === null && back === null
    }),
  )
  const order: Staffing[] = ['none', 'ambulant', 'day', 'day_or_24h', 'around_the_clock', 'around_the_clock_high']
  t.same(
    order.map((staffing) => staffingLevel(staffing)),
    [0, 1, 2, 3, 4, 5],
  )
  t.equal(staffingDifference('day', 'around_the_clock'), 2, 'more than needed is excess')
  t.equal(staffingDifference('around_the_clock', 'ambulant'), -3, 'less is lack')
  t.equal(staffingDifference('varies', 'day'), null)
  t.equal(kinds.length, order.length + 1, 'only «varierer» has no level')
})
