import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { FORMS } from '../../src/domain/ladder.ts'
import { STAFFING_NAMES } from '../../src/domain/staffing.ts'
import { CAPACITY_MEASURES, PLACE_MEASURES } from '../../src/reference/capacityMeasures.ts'
import { COST_ASSUMPTIONS } from '../../src/reference/costAssumptions.ts'
import { ELIGIBILITY_RULES } from '../../src/reference/eligibilityRules.ts'
import { FEATURE_GROUP_NAMES, PLACE_FEATURES } from '../../src/reference/features.ts'
import { FLAG_RULES } from '../../src/reference/flagRules.ts'
import { LEGAL_STATUS_NAMES, LEGAL_TRACKS } from '../../src/reference/legalTracks.ts'
import { ASSESSMENT_POLICY, LEASE_POLICY, OBJECTIVE_POLICY, URGENCY_POLICY } from '../../src/reference/policies.ts'
import {
  BEHAVIOUR_LEVELS,
  HOUSE_SUBSTANCE_STANCES,
  LANGUAGES,
  LIFE_AREA_SCALE,
  LIFE_AREAS,
  NEED_ORIGINS,
  PERSON_SUBSTANCE_STANCES,
  PROFILES_SOURCE,
  SECURITY_LEVELS,
} from '../../src/reference/profiles.ts'
import { PURCHASE_REASONS } from '../../src/reference/purchases.ts'
import { CASE_STEPS, READINESS_ITEMS } from '../../src/reference/readiness.ts'
import { REASON_CODES, reasonCode } from '../../src/reference/reasonCodes.ts'
import { PLAN_ITEMS, RETURN_POLICY } from '../../src/reference/returnPlans.ts'
import { RULES } from '../../src/reference/rules.ts'
import { CERTAINTIES, parseSource, SOURCE_DOCUMENTS, sourceLabel } from '../../src/reference/sources.ts'
import { formWords } from '../../src/web/pages/district/formWords.ts'
import { measureNames } from '../../src/web/ui/measureNames.ts'

const formIds: readonly string[] = FORMS.map((form) => form.id)

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map((entry) => entry.id)
}

t.test('sources lead somewhere', async (t) => {
  const sources = [
    ...RULES,
    ...ELIGIBILITY_RULES,
    ...READINESS_ITEMS,
    ...REASON_CODES,
    ...PLACE_FEATURES,
    ...NEED_ORIGINS,
    ...LEGAL_TRACKS,
    ...FLAG_RULES,
    ...COST_ASSUMPTIONS,
    ...PURCHASE_REASONS,
    ...PLAN_ITEMS,
    RETURN_POLICY,
    URGENCY_POLICY,
    ASSESSMENT_POLICY,
    OBJECTIVE_POLICY,
    LEASE_POLICY.municipal,
    LEASE_POLICY.private,
    LIFE_AREA_SCALE,
    { source: PROFILES_SOURCE },
  ].map((entry) => entry.source)
  for (const source of sources) {
    t.doesNotThrow(() => parseSource(source), source)
    t.not(sourceLabel(source), source, `${source} is spelled out for people`)
  }
  t.same(
    parseSource('000 4.2; F husleieloven § 9-3').map((part) => [part.key, part.at, part.certainty]),
    [
      ['000', '4.2', 'document'],
      ['F', 'husleieloven § 9-3', 'found'],
    ],
  )
  t.equal(sourceLabel('egen'), 'Fagregel i løsningen')
  const twofold = '002 5; F husleieloven § 9-3; M klagefrist'
  t.equal(
    sourceLabel(twofold).match(/, ikke kontrollert:/g)?.length,
    2,
    'what was found and what was remembered, not the city’s own document',
  )
  t.notMatch(sourceLabel(twofold, true), /kontrollert/, 'somebody has gone good for it')
  t.throws(() => parseSource('005 1'), RangeError)
  t.throws(() => parseSource('000 4.2; sikkert'), RangeError)
  for (const document of SOURCE_DOCUMENTS) t.ok(CERTAINTIES.includes(document.certainty), document.key)
})

t.test('ids are unique, names are there', async (t) => {
  const catalogues = {
    RULES,
    ELIGIBILITY_RULES,
    READINESS_ITEMS,
    PLACE_FEATURES,
    NEED_ORIGINS,
    LIFE_AREAS,
    LEGAL_TRACKS,
    BEHAVIOUR_LEVELS,
    SECURITY_LEVELS,
    PERSON_SUBSTANCE_STANCES,
    HOUSE_SUBSTANCE_STANCES,
    TIERS: OBJECTIVE_POLICY.tiers,
    GROUNDS: URGENCY_POLICY.classes.flatMap((urgency): readonly { readonly id: string }[] => urgency.grounds),
  }
  for (const [name, entries] of Object.entries(catalogues)) {
    const ids = idsOf(entries)
    t.equal(new Set(ids).size, ids.length, name)
    for (const id of ids) t.match(id, /^[a-z0-9_]+(\.[a-z0-9_]+)?$/, id)
  }
  const carried = [...idsOf(RULES), ...idsOf(ELIGIBILITY_RULES)]
  t.equal(new Set(carried).size, carried.length, 'no rule of one list hides one of the other: they share a table')
  t.equal(new Set(LANGUAGES.map((language) => language.tag)).size, LANGUAGES.length)
  const languageNames = new Intl.DisplayNames('nb', { type: 'language', fallback: 'none' })
  for (const { tag } of LANGUAGES)
    if (tag !== 'other') t.ok(Intl.getCanonicalLocales(tag), languageNames.of(tag) ?? tag)
  t.equal(LIFE_AREAS.length, 8)
  t.same(
    BEHAVIOUR_LEVELS.map(({ level }) => level),
    [0, 1, 2, 3],
  )
  t.same(
    SECURITY_LEVELS.map(({ level }) => level),
    [0, 1, 2],
  )
  for (const feature of PLACE_FEATURES) t.ok(FEATURE_GROUP_NAMES[feature.group], feature.id)
})

t.test('reason codes: the closed sets, and what each causes', async (t) => {
  const idsOfKind = (kind: string) => idsOf(REASON_CODES.filter((reason) => reason.kind === kind))
  t.same(idsOfKind('decline_resident'), ['area', 'size', 'housemates', 'rules', 'health', 'no_contact', 'found_own'])
  t.same(idsOfKind('decline_provider'), ['criteria', 'risk', 'place_lost', 'staffing_hse', 'no_capacity'])
  t.same(idsOfKind('withdrawal'), [
    'no_capacity',
    'no_capacity_lost_place',
    'outprioritised',
    'found_own',
    'moved_within',
    'left_city',
    'own_wish',
    'deceased',
    'registered_by_mistake',
    'unknown_pending',
  ])
  for (const [id, effect] of [
    ['found_own', 'meets_need'],
    ['moved_within', 'meets_need'],
    ['left_city', 'ends_need'],
    ['deceased', 'ends_need'],
    ['no_capacity', 'returns_to_queue'],
  ] as const) {
    const consequence = reasonCode('withdrawal', id)?.consequence
    t.equal(consequence?.effect, effect, id)
    t.equal(
      /er dekket/.test(consequence?.text ?? ''),
      effect === 'meets_need',
      `${id}: the word says what the need becomes`,
    )
    t.equal(/trekkes/.test(consequence?.text ?? ''), effect === 'ends_need', id)
  }
  t.same(
    [...new Set(idsOf(REASON_CODES.filter((reason) => reason.countsAsShortfall)))],
    ['no_capacity', 'no_capacity_lost_place', 'outprioritised'],
    'only lack of capacity is shortfall',
  )
  t.same(
    idsOf(REASON_CODES.filter((reason) => !reason.offeredToPeople)),
    ['no_capacity_lost_place', 'outprioritised', 'need_ended', 'chain_broken', 'transferred'],
    'what the system finds is not offered as a choice',
  )
  for (const id of ['area', 'size', 'housemates', 'rules', 'health']) {
    t.equal(reasonCode('decline_resident', id)?.consequence.effect, 'keeps_position', id)
  }
  const parking = REASON_CODES.filter((reason) => reason.consequence.effect === 'parks')
  t.same(idsOf(parking), ['no_contact'])
  for (const reason of REASON_CODES) {
    const ends = reason.consequence.effect === 'parks' || reason.consequence.effect === 'must_be_settled'
    t.equal(reason.consequence.days !== null, ends, `${reason.id}: what rests has a number of days`)
    t.not(reason.consequence.text, '')
  }
  t.equal(reasonCode('decline_provider', 'staffing_hse')?.consequence.effect, 'links_call_off')
  t.equal(
    reasonCode('closure', 'staffing_hse')?.consequence.effect,
    'takes_out_of_capacity',
    'the same id in another kind',
  )
  t.equal(reasonCode('withdrawal', 'area'), undefined)
  const keys = REASON_CODES.map((reason) => `${reason.kind} ${reason.id}`)
  t.equal(new Set(keys).size, keys.length)
})

t.test('rules', async (t) => {
  t.same(
    RULES.map((rule) => rule.number),
    Array.from({ length: 15 }, (_, index) => index + 1),
  )
  t.same(idsOf(ELIGIBILITY_RULES), [
    'place.open',
    'place.not_closed',
    'place.admits',
    'place.free',
    'place.not_own_home',
    'form.accepted',
    'district.served',
    'district.accepted',
    'facility.accepted',
    'features.required',
    'household.size',
    'children.allowed',
    'age.band',
    'gender.accepted',
    'substance.free_house',
    'behaviour.accepted',
    'security.accepted',
    'pets.accepted',
    'never_together',
    'mix.limit',
  ])
  const criteria = RULES.find((rule) => rule.id === 'admission_criteria')
  t.same(criteria?.parameters.never, ['diagnosis', 'care_track'])
  const shortfall = RULES.find((rule) => rule.id === 'reasons_have_consequences')
  t.same(shortfall?.parameters.shortfall, [
    ...new Set(idsOf(REASON_CODES.filter((reason) => reason.countsAsShortfall))),
  ])
  const flags = RULES.find((rule) => rule.id === 'flags')
  t.ok(Number(flags?.parameters.growthSinceBasePercent) < 87, 'the growth of 87 % since 2020 is caught')
})

t.test('readiness: nobody is dropped', async (t) => {
  const stops = Object.fromEntries(READINESS_ITEMS.map((item) => [item.id, item.stops]))
  t.same(stops, {
    forms_stated: 'ranking',
    window_stated: 'offer',
    responsible_district_resolved: 'referral',
    assessment_current: 'referral',
    private_rental_considered: 'offer',
    service_decision: 'move_in',
    consent_sharing: 'referral',
    individual_plan_offered: 'none',
    contact_person: 'none',
  })
  for (const item of READINESS_ITEMS) {
    t.ok(item.stops === 'none' || CASE_STEPS.includes(item.stops), item.id)
    const forms: readonly string[] = [...(item.onlyForForms ?? []), ...item.exemptForms]
    for (const form of forms) t.ok(formIds.includes(form), `${item.id}: ${form} is a housing form`)
  }
  const privateRental = READINESS_ITEMS.find((item) => item.id === 'private_rental_considered')
  t.same(privateRental?.onlyForForms, RULES[0].parameters.forms)
})

t.test('policies', async (t) => {
  t.same(
    URGENCY_POLICY.classes.map((urgency) => [urgency.number, ...idsOf(urgency.grounds)]),
    [
      [1, 'no_place_tonight', 'violence', 'children_in_temporary'],
      [2, 'discharge_ready', 'release', 'eviction'],
      [3, 'temporary_beyond_norm', 'unsuitable_beyond_norm'],
      [4, 'ready_to_move_on'],
      [5, 'other'],
    ],
  )
  const temporary = FORMS.find((form) => form.id === 'temporary')
  t.equal(URGENCY_POLICY.parameters.temporaryNormDays, temporary?.stayNormDays, 'one norm for temporary accommodation')
  t.equal(OBJECTIVE_POLICY.tiers[0].id, 'urgency')
  t.equal(OBJECTIVE_POLICY.tiers.at(-1)?.id, 'tie')
  t.equal(OBJECTIVE_POLICY.parameters.chainMovesMax, 4)
  t.equal(ASSESSMENT_POLICY.parameters.validDays, 180)
  for (const policy of [URGENCY_POLICY, ASSESSMENT_POLICY, OBJECTIVE_POLICY]) {
    t.ok(
      parseSource(policy.source).some((source) => source.certainty === 'own_choice'),
      `${policy.title}: says it is a choice`,
    )
  }
})

t.test('law is not checked until an administrator says so', async (t) => {
  t.same(
    LEGAL_TRACKS.map((track) => [track.id, track.deadlineWeeks]),
    [
      ['help_with_home', 3],
      ['municipal_home', 3],
      ['temporary_accommodation', 3],
      ['health_and_care', 4],
    ],
  )
  for (const track of LEGAL_TRACKS) {
    t.equal(LEGAL_STATUS_NAMES[track.status], 'ikke kontrollert')
    for (const source of [track.appealBodySource, track.deadlineSource]) {
      t.not(parseSource(source)[0]?.certainty, 'document', `${track.id}: no document here gives it`)
    }
  }
})

t.test('an amount that nobody has published is marked as made up, and one that somebody has is not', async (t) => {
  for (const { id, source, synthetic, kronerPerDay } of COST_ASSUMPTIONS) {
    t.equal(
      parseSource(source).every(({ certainty }) => certainty === 'own_choice'),
      synthetic,
      id,
    )
    t.ok(Number.isInteger(kronerPerDay) && kronerPerDay > 0, id)
  }
  t.equal(new Set(idsOf(COST_ASSUMPTIONS)).size, COST_ASSUMPTIONS.length)
})

t.test('a measure has one word: in the catalogue, on the pages and in the documentation', async (t) => {
  t.strictSame(measureNames, Object.fromEntries(CAPACITY_MEASURES.map(({ id, name }) => [id, name])))
  const page = readFileSync('docs/capacity.md', 'utf8')
  for (const state of page.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\|/gm)) {
    const [, id, name] = state
    t.equal(name, PLACE_MEASURES.find((measure) => measure.id === id)?.name, `docs/capacity.md calls ${id} so too`)
  }
  const others = /\b(bebodd|bebodde|belagt|belagte)\b/i
  t.strictSame(
    globSync('src/**/*.{ts,tsx}', { exclude: ['src/demo/**'] }).filter((path) =>
      others.test(readFileSync(path, 'utf8')),
    ),
    [],
    'nothing of ours has another word for opptatt',
  )
})

t.test('the pages have a word for every fact of every form', async (t) => {
  t.strictSame(formWords.staffing, STAFFING_NAMES)
  for (const form of FORMS) {
    t.ok(formWords.tenure[form.tenure], `${form.id}: ${form.tenure}`)
    if (form.purpose !== null) t.ok(formWords.purpose[form.purpose], `${form.id}: ${form.purpose}`)
    for (const who of [form.givenBy, form.decidedBy]) if (who !== null) t.ok(formWords.giver[who], `${form.id}: ${who}`)
  }
})
