import fc from 'fast-check'
import t from 'tap'
import type { Day } from '../../../src/domain/day.ts'
import { FORMS } from '../../../src/domain/ladder.ts'
import { type ReferralContent, type ReferralFacts, referralContent } from '../../../src/domain/papers/referral.ts'
import { urgencyOf } from '../../../src/domain/urgency.ts'

const TODAY = '2026-09-01' as Day
const urgency = urgencyOf(
  {
    grounds: [],
    origin: null,
    situationSince: null,
    mustLeaveBy: null,
    readyToMoveOnSince: null,
    childrenLiving: 0,
    registeredOn: null,
  },
  TODAY,
)

/** Nothing is recorded but the form. */
const EMPTY: ReferralFacts = {
  form: 'vel_coping',
  forms: ['vel_coping'],
  registeredOn: null,
  responsibleDistrict: null,
  holdingDistrict: '030112',
  stayDistrict: null,
  origin: null,
  situationSince: null,
  mustLeaveBy: null,
  readyToMoveOnSince: null,
  urgency,
  window: null,
  requiredFeatures: [],
  wantedFeatures: [],
  excludedDistricts: [],
  wantedDistricts: [],
  substanceStance: 'unknown',
  behaviour: null,
  security: null,
  serviceDecisionOn: null,
  whatMatters: null,
  age: null,
  gender: 'unknown',
  language: 'nb',
  interpreter: false,
  contactPerson: null,
  individualPlan: { offeredOn: null, answer: null },
  adults: 1,
  children: [],
  pets: null,
  assessments: [],
  consents: [],
  readiness: [],
  wishedFacility: null,
}

const FULL: ReferralFacts = {
  ...EMPTY,
  forms: ['vel_coping', 'colocated_24h'],
  registeredOn: '2026-08-01' as Day,
  responsibleDistrict: '030112',
  origin: 'temporary',
  situationSince: '2026-05-01' as Day,
  window: { from: '2026-09-15' as Day, to: null },
  requiredFeatures: ['ground_floor'],
  substanceStance: 'wants_substance_free',
  behaviour: 2,
  security: 1,
  serviceDecisionOn: '2026-08-20' as Day,
  whatMatters: 'Å få ha katten med',
  age: 41,
  gender: 'woman',
  contactPerson: 'Ola Kontakt',
  individualPlan: { offeredOn: '2026-08-02' as Day, answer: 'accepted' },
  adults: 1,
  children: [{ birthYear: 2015, arrangement: 'visiting' }],
  pets: true,
  assessments: [
    {
      assessedOn: '2026-08-10' as Day,
      lifeAreas: {
        substance_use: 2,
        finances: 3,
        mental_health: 3,
        physical_health: 4,
        housing: 1,
        social_functioning: 3,
        network: 2,
        work_activity: 1,
      },
      livingSkills: 'Lager mat selv',
      livingTraining: 'Trener på å betale regninger',
    },
  ],
  consents: [{ scope: 'vel_intake', givenOn: '2026-08-01' as Day, revokedOn: null }],
  wishedFacility: 'Heimen ressurssenter',
}

const lines = ({ sections }: ReferralContent) =>
  Object.fromEntries(sections.flatMap(({ facts }) => facts.map(({ label, value }) => [label, value])))
const lacks = ({ sections }: ReferralContent) => sections.flatMap(({ missing }) => missing)

t.test('everything that is registered stands in the referral, in words', async (t) => {
  const paper = referralContent(FULL, TODAY)
  t.strictSame(lacks(paper), [], 'nothing is said to be missing')
  t.match(lines(paper), {
    Tilbud: 'Mestring (VEL)',
    'Andre boligformer som er vurdert, det beste først': 'Samlokalisert bolig med døgnbemannet personalbase',
    'Ønsket institusjon': 'Heimen ressurssenter',
    'Ansvarlig bydel': 'Alna',
    'Er nå': 'Midlertidig botilbud',
    Siden: '1. mai 2026',
    Alder: '41 år',
    'Barn på samvær': 'født 2015',
    Dyr: 'Ja',
    'Med egne ord': 'Å få ha katten med',
    Rusfrihet: 'Vil bo rusfritt',
    Kartlagt: '10. august 2026 (22 dager før)',
    'Bo-evne': 'Lager mat selv',
    'Deling med Felles inntak i Velferdsetaten': 'gitt 1. august 2026',
  })
  t.match(lines(paper)['Må ha'], /: .*første etasje|bakke/i)
})

t.test('what nobody has recorded is said, theme by theme', async (t) => {
  const paper = referralContent({ ...EMPTY, readiness: [missingAssessment] }, TODAY)
  for (const { id, missing, facts } of paper.sections) {
    if (id === 'household') t.ok(facts.length > 0)
    t.ok(missing.length > 0, `${id} says what is missing`)
  }
  t.match(paper.missing, [{ id: 'assessment_current', stops: 'referral' }])
  t.match(lacks(paper).join(' '), /Bydel Alna holder saken/)
})
const missingAssessment = {
  id: 'assessment_current',
  title: 'Ny nok kartlegging',
  why: 'Behovene endrer seg.',
  meanwhile: '',
  source: 'egen',
  stops: 'referral',
  present: false,
} as const

t.test('a consent that is withdrawn or not given yet lets nothing be shared in its name', async (t) => {
  const consents = [
    { scope: 'vel_intake', givenOn: '2026-08-01' as Day, revokedOn: TODAY },
    { scope: 'relatives', givenOn: '2026-09-02' as Day, revokedOn: null },
  ]
  const consent = referralContent({ ...FULL, consents }, TODAY).sections.find(({ id }) => id === 'consents')
  t.match(consent, { facts: [], missing: [/ikke samtykket/] })
})

t.test('for every form and any gaps: no line is empty, and a gap is a missing sentence and never a line', async () => {
  const gaps = fc.record({
    origin: fc.constantFrom(null, 'prison', 'no_home'),
    whatMatters: fc.constantFrom(null, '  ', 'Ro'),
    behaviour: fc.constantFrom(null, 0, 3),
    age: fc.constantFrom(null, 18, 90),
    assessments: fc.constantFrom([], FULL.assessments),
    pets: fc.constantFrom(null, true, false),
  })
  const forms = FORMS.filter(({ isPlace }) => isPlace).map(({ id }) => id)
  fc.assert(
    fc.property(fc.constantFrom(...forms), gaps, (form, facts) => {
      const paper = referralContent({ ...FULL, ...facts, form }, TODAY)
      const everything = paper.sections.flatMap((part) => [...part.facts.map(({ value }) => value), ...part.missing])
      if (everything.some((text) => text.trim() === '' || /undefined|null|NaN/.test(text))) return false
      const gap = (facts.whatMatters ?? '').trim() === ''
      return gap === lacks(paper).some((sentence) => sentence.startsWith('Hva som er viktig'))
    }),
  )
})
