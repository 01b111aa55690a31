import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../src/domain/day.ts'
import { FORMS, type HousingForm } from '../../src/domain/ladder.ts'
import type { ReadinessFacts } from '../../src/domain/need.ts'
import { readinessOf } from '../../src/domain/readiness.ts'
import { READINESS_ITEMS, type ReadinessItemId } from '../../src/reference/readiness.ts'
import { day, TODAY } from './baseline.ts'

const consent = (scope: string, givenOn: string, revokedOn: string | null = null) => ({
  scope,
  givenOn: day(givenOn),
  revokedOn: revokedOn === null ? null : day(revokedOn),
})

/** Everything is there, for forms that call for every item. */
const COMPLETE: ReadinessFacts = {
  forms: ['municipal_support', 'private_support'],
  windowStated: true,
  responsibleDistrict: '030112',
  lastAssessedOn: day('2026-06-01'),
  privateRental: 'not_possible',
  serviceDecisionOn: day('2026-08-01'),
  consents: [consent('facility', '2026-08-01')],
  individualPlanOfferedOn: day('2026-05-01'),
  contactPerson: 'Kari Lund',
}

function presence(change: Partial<ReadinessFacts>, today: Day = TODAY): Partial<Record<ReadinessItemId, boolean>> {
  return Object.fromEntries(readinessOf({ ...COMPLETE, ...change }, today).map(({ id, present }) => [id, present]))
}

const ROWS: Record<ReadinessItemId, readonly [string, Partial<ReadinessFacts>, boolean | undefined][]> = {
  forms_stated: [
    ['stated', {}, true],
    ['a draft', { forms: [] }, false],
  ],
  window_stated: [
    ['stated', {}, true],
    ['not stated', { windowStated: false }, false],
  ],
  responsible_district_resolved: [
    ['resolved', {}, true],
    ['unresolved, held by the one who registered', { responsibleDistrict: null }, false],
    ['not asked for a bed tonight', { responsibleDistrict: null, forms: ['temporary', 'vel_emergency'] }, undefined],
    [
      'asked, because one of the forms can wait',
      { responsibleDistrict: null, forms: ['temporary', 'municipal'] },
      false,
    ],
    ['asked of a draft', { responsibleDistrict: null, forms: [] }, false],
  ],
  assessment_current: [
    ['today', { lastAssessedOn: TODAY }, true],
    ['exactly the limit of 180 days', { lastAssessedOn: addDays(TODAY, -180) }, true],
    ['teller ikke, fordi den ble for gammel i går', { lastAssessedOn: addDays(TODAY, -181) }, false],
    ['never', { lastAssessedOn: null }, false],
    ['not asked for a bed tonight', { lastAssessedOn: null, forms: ['vel_emergency'] }, undefined],
  ],
  private_rental_considered: [
    ['not possible is an answer', {}, true],
    ['possible is an answer', { privateRental: 'possible' }, true],
    ['overridden with a reason', { privateRental: 'overridden' }, true],
    ['not considered', { privateRental: 'not_considered' }, false],
    [
      'asked, because one of the forms is municipal',
      { privateRental: 'not_considered', forms: ['assisted', 'municipal'] },
      false,
    ],
    [
      'not asked, because no form is municipal',
      { privateRental: 'not_considered', forms: ['assisted', 'private'] },
      undefined,
    ],
    ['not asked of a draft', { privateRental: 'not_considered', forms: [] }, undefined],
  ],
  service_decision: [
    ['made', {}, true],
    ['made today', { serviceDecisionOn: TODAY }, true],
    ['teller ikke, fordi vedtaket gjelder fra i morgen', { serviceDecisionOn: addDays(TODAY, 1) }, false],
    ['not made', { serviceDecisionOn: null }, false],
    [
      'not asked, because a plain lease has no services',
      { serviceDecisionOn: null, forms: ['municipal', 'private'] },
      undefined,
    ],
  ],
  consent_sharing: [
    ['given', {}, true],
    ['given today', { consents: [consent('facility', '2026-09-01')] }, true],
    ['ignored, because it is given tomorrow', { consents: [consent('facility', '2026-09-02')] }, false],
    ['revoked tomorrow', { consents: [consent('facility', '2026-01-01', '2026-09-02')] }, true],
    [
      'teller ikke, fordi det ble trukket tilbake i dag',
      { consents: [consent('facility', '2026-01-01', '2026-09-01')] },
      false,
    ],
    [
      'given again',
      { consents: [consent('facility', '2026-01-01', '2026-03-01'), consent('facility', '2026-08-01')] },
      true,
    ],
    ['teller ikke, fordi samtykket gjelder pårørende', { consents: [consent('relatives', '2026-01-01')] }, false],
    ['none', { consents: [] }, false],
    [
      'not asked, because the municipality needs none for its own tasks',
      { consents: [], forms: ['municipal', 'vel_care'] },
      undefined,
    ],
  ],
  individual_plan_offered: [
    ['offered', {}, true],
    ['not offered', { individualPlanOfferedOn: null }, false],
    ['asked for a bed tonight too', { individualPlanOfferedOn: null, forms: ['temporary'] }, false],
  ],
  contact_person: [
    ['named', {}, true],
    ['not named', { contactPerson: null }, false],
    ['teller ikke, fordi et mellomrom ikke er et navn', { contactPerson: '  ' }, false],
  ],
}

for (const [id, rows] of Object.entries(ROWS) as [ReadinessItemId, (typeof ROWS)[ReadinessItemId]][]) {
  t.test(id, async (t) => {
    for (const [name, change, expected] of rows) t.equal(presence(change)[id], expected, name)
  })
}

t.test('the catalogue’s items, in its order and its words', async (t) => {
  t.same(
    readinessOf(COMPLETE, TODAY),
    READINESS_ITEMS.map(({ id, title, why, meanwhile, source, stops }) => ({
      id,
      title,
      why,
      meanwhile,
      source,
      stops,
      present: true,
    })),
  )
})

const days = fc.integer({ min: -400, max: 30 }).map((count) => addDays(TODAY, count))
const facts: fc.Arbitrary<ReadinessFacts> = fc.record({
  forms: fc.shuffledSubarray(FORMS.filter(({ isPlace }) => isPlace).map(({ id }): HousingForm => id)),
  windowStated: fc.boolean(),
  responsibleDistrict: fc.constantFrom('030112', null),
  lastAssessedOn: fc.option(days),
  privateRental: fc.constantFrom('not_considered', 'possible', 'not_possible', 'overridden'),
  serviceDecisionOn: fc.option(days),
  consents: fc.array(
    fc.record({ scope: fc.constantFrom('facility', 'relatives'), givenOn: days, revokedOn: fc.option(days) }),
    { maxLength: 2 },
  ),
  individualPlanOfferedOn: fc.option(days),
  contactPerson: fc.constantFrom('Kari Lund', '', null),
})

t.test('nobody is dropped', async (t) => {
  fc.assert(
    fc.property(facts, (one) => {
      const stopping = readinessOf(one, TODAY).filter(({ stops, present }) => stops === 'ranking' && !present)
      return one.forms.length > 0 ? stopping.length === 0 : stopping.map(({ id }) => id).join() === 'forms_stated'
    }),
    { numRuns: 500 },
  )
  t.pass('only not knowing which form is needed stops ranking, whatever else is missing')

  const OLD = addDays(TODAY, -400)
  fc.assert(
    fc.property(facts, (one) => {
      const acute = one.forms.length > 0 && one.forms.every((form) => form === 'temporary' || form === 'vel_emergency')
      const bare: ReadinessFacts = { ...one, responsibleDistrict: null, lastAssessedOn: OLD }
      const waits = readinessOf(bare, TODAY).some(({ stops, present }) => stops === 'referral' && !present)
      return waits === !acute
    }),
    { numRuns: 500 },
  )
  t.pass('nobody waits outdoors for an assessment or for two bydeler to agree')

  fc.assert(
    fc.property(facts, (one) => {
      const first = readinessOf(one, TODAY)
      const turned = readinessOf({ ...one, forms: one.forms.toReversed() }, TODAY)
      return (
        JSON.stringify(first) === JSON.stringify(turned) && new Set(first.map(({ id }) => id)).size === first.length
      )
    }),
    { numRuns: 300 },
  )
  t.pass('each item once, and the order of the forms does not matter')
})
