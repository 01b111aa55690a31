import { ELIGIBILITY_RULES as CATALOGUE, type EligibilityRule as Catalogued } from '../reference/eligibilityRules.ts'
import type { Day } from './day.ts'
import { formById } from './ladder.ts'
import { householdSize, type Requirements } from './need.ts'
import { type Availability, availability, type Facility, type Held, type Place, serves } from './place.ts'
import { behaviourName, districtName, featureName, formatDay, genderName, securityName } from './words.ts'

/** `unknown`: something needed for the answer is not recorded. It excludes nothing and is said. */
export type Outcome = 'passed' | 'failed' | 'unknown'

export interface Pair {
  requirements: Requirements
  place: Place
  facility: Facility
  today: Day
  availability: Availability
}

type CatalogueEntry = (typeof CATALOGUE)[number]

/**
 * What a rule's test reads, beside the requirements: the house alone, what the dwelling is like, on which days it is free,
 * or which place it is. A run over the city asks each rule once for all places that are alike in what it reads.
 */
interface Reads {
  facility: Pick<Pair, 'requirements' | 'facility' | 'today'>
  dwelling: Pick<Pair, 'requirements'> & { place: Pick<Place, 'form' | 'features' | 'maxHousehold'> }
  days: Pick<Pair, 'availability'>
  place: Pick<Pair, 'requirements'> & { place: Pick<Place, 'id'> }
}

type TestOf = { [Level in keyof Reads]: { level: Level; test: (asked: Reads[Level]) => Outcome } }[keyof Reads]

/** How one hard rule is tested. `needed` and `offered` are the two values compared, as a user reads them. */
type RuleTest = TestOf & {
  id: CatalogueEntry['id']
  needed: (pair: Pair) => string
  offered: (pair: Pair) => string
}

export interface Verdict {
  ruleId: string
  title: string
  source: string
  outcome: Outcome
  needed: string
  offered: string
  sentence: string
}

/** The same where its form has no stay norm (a choice; a policy value). */
const MINIMUM_OPEN_DAYS = 365

/** How long a place must still be open when somebody moves in. */
export function minimumOpenDays(place: Pick<Place, 'form'>): number {
  return formById(place.form).stayNormDays ?? MINIMUM_OPEN_DAYS
}

const passes = (condition: boolean): Outcome => (condition ? 'passed' : 'failed')
const list = (names: readonly string[]) => (names.length === 0 ? 'ingen' : names.join(', '))
const people = (count: number) => (count === 1 ? '1 person' : `${count} personer`)

function missingFeatures({ requirements, place }: Reads['dwelling']): string[] {
  return requirements.requiredFeatures.filter((feature) => !place.features.includes(feature))
}

function ageBand({ minAge, maxAge }: Facility): string {
  if (minAge !== null && maxAge !== null) return `${minAge}–${maxAge} år`
  if (minAge !== null) return `fra ${minAge} år`
  return maxAge === null ? 'alle aldre' : `til og med ${maxAge} år`
}

function period(from: Day, to: Day | null): string {
  return to === null ? `fra ${formatDay(from)}` : `fra ${formatDay(from)} til ${formatDay(to)}`
}

/** A hold in words, without anybody in it. */
export function heldInWords({ during, answerBy }: Held): string {
  return answerBy === null
    ? `reservert for en innflytting ${formatDay(during.from)}`
    : `reservert for en annen til ${formatDay(answerBy)}`
}

/**
 * How each hard rule that one need and one place must pass is tested; their order is the catalogue's. Never a diagnosis and never a care
 * track (004 4.3: the person's function and need decide, not a category).
 */
const TESTS: readonly RuleTest[] = [
  {
    id: 'form.accepted',
    level: 'dwelling',
    // a preview may be asked before a form is chosen; what is left out excludes nothing
    test: ({ requirements: { forms }, place }) => (forms.length === 0 ? 'unknown' : passes(forms.includes(place.form))),
    needed: ({ requirements: { forms } }) =>
      forms.length === 0 ? 'boligform er ikke valgt' : list(forms.map((form) => formById(form).name)),
    offered: ({ place }) => formById(place.form).name,
  },
  {
    id: 'district.served',
    level: 'facility',
    test: ({ requirements, facility, today }) => passes(serves(facility, requirements.district, today)),
    needed: ({ requirements }) => districtName(requirements.district),
    offered: ({ facility, today }) => {
      if (facility.serves === 'city') return 'hele byen'
      if (facility.serves === 'own_district') return districtName(facility.district)
      return list(
        facility.listed
          .filter((entry) => serves(facility, entry.district, today))
          .map((entry) => districtName(entry.district)),
      )
    },
  },
  {
    id: 'district.accepted',
    level: 'facility',
    test: ({ requirements, facility }) =>
      passes(
        !requirements.excludedDistricts.includes(facility.district) &&
          (requirements.homeDistrictOnly !== true ||
            facility.district === requirements.district ||
            requirements.wantedDistricts.includes(facility.district)),
      ),
    needed: ({ requirements }) =>
      requirements.homeDistrictOnly === true
        ? `bare ${list([requirements.district, ...requirements.wantedDistricts].map(districtName))}`
        : requirements.excludedDistricts.length === 0
          ? 'alle bydeler'
          : `ikke ${list(requirements.excludedDistricts.map(districtName))}`,
    offered: ({ facility }) => districtName(facility.district),
  },
  {
    id: 'facility.accepted',
    level: 'facility',
    test: ({ requirements, facility }) => passes(!requirements.excludedFacilities.includes(facility.id)),
    needed: ({ requirements }) =>
      requirements.excludedFacilities.length === 0
        ? 'alle steder'
        : `${requirements.excludedFacilities.length} ${requirements.excludedFacilities.length === 1 ? 'sted' : 'steder'} valgt bort`,
    offered: ({ facility }) => facility.name,
  },
  {
    id: 'features.required',
    level: 'dwelling',
    test: (pair) => passes(missingFeatures(pair).length === 0),
    needed: ({ requirements }) => list(requirements.requiredFeatures.map(featureName)),
    offered: (pair) => {
      const missing = missingFeatures(pair)
      return missing.length === 0
        ? list(pair.place.features.map(featureName))
        : `mangler ${list(missing.map(featureName))}`
    },
  },
  {
    id: 'household.size',
    level: 'dwelling',
    test: ({ requirements, place }) => passes(householdSize(requirements) <= place.maxHousehold),
    needed: ({ requirements }) => people(householdSize(requirements)),
    offered: ({ place }) => `inntil ${people(place.maxHousehold)}`,
  },
  {
    id: 'children.allowed',
    level: 'facility',
    test: ({ requirements, facility }) =>
      passes(requirements.childrenLiving + requirements.childrenVisiting === 0 || facility.childrenAllowed),
    needed: ({ requirements: { childrenLiving, childrenVisiting } }) =>
      childrenLiving + childrenVisiting === 0
        ? 'ingen barn'
        : `barn: ${childrenLiving} bor fast, ${childrenVisiting} på besøk`,
    offered: ({ facility }) => (facility.childrenAllowed ? 'barn kan bo og være på besøk' : 'ikke for barn'),
  },
  {
    id: 'age.band',
    level: 'facility',
    test: ({ requirements: { age }, facility }) => {
      if (facility.minAge === null && facility.maxAge === null) return 'passed'
      if (age === null) return 'unknown'
      return passes(
        (facility.minAge === null || age >= facility.minAge) && (facility.maxAge === null || age <= facility.maxAge),
      )
    },
    needed: ({ requirements: { age } }) => (age === null ? 'alder er ikke registrert' : `${age} år`),
    offered: ({ facility }) => ageBand(facility),
  },
  {
    id: 'gender.accepted',
    level: 'facility',
    test: ({ requirements: { gender }, facility }) => {
      if (facility.genders.length === 0) return 'passed'
      return gender === 'unknown' ? 'unknown' : passes(facility.genders.includes(gender))
    },
    needed: ({ requirements }) => genderName(requirements.gender),
    offered: ({ facility }) =>
      facility.genders.length === 0 ? 'alle' : `bare ${list(facility.genders.map(genderName))}`,
  },
  {
    id: 'substance.free_house',
    level: 'facility',
    test: ({ requirements: { substanceStance }, facility }) => {
      if (substanceStance === 'unknown') return 'unknown'
      const houseIsFree = facility.substanceStance === 'substance_free'
      return passes(substanceStance !== (houseIsFree ? 'cannot_live_substance_free' : 'wants_substance_free'))
    },
    needed: ({ requirements: { substanceStance } }) =>
      ({
        wants_substance_free: 'må bo rusfritt',
        accepts_substance_free: 'kan bo rusfritt, må ikke',
        cannot_live_substance_free: 'kan ikke bo med krav om rusfrihet',
        unknown: 'ikke registrert',
      })[substanceStance],
    offered: ({ facility }) =>
      facility.substanceStance === 'substance_free' ? 'rusfritt hus' : 'ikke krav om rusfrihet',
  },
  {
    id: 'behaviour.accepted',
    level: 'facility',
    test: ({ requirements: { behaviour }, facility }) => {
      if (facility.maxBehaviour === 3) return 'passed'
      return behaviour === null ? 'unknown' : passes(behaviour <= facility.maxBehaviour)
    },
    needed: ({ requirements: { behaviour } }) => (behaviour === null ? 'ikke vurdert' : behaviourName(behaviour)),
    offered: ({ facility }) => `tar imot til og med ${behaviourName(facility.maxBehaviour)}`,
  },
  {
    id: 'security.accepted',
    level: 'facility',
    test: ({ requirements: { security }, facility }) => {
      if (facility.maxSecurity === 2) return 'passed'
      return security === null ? 'unknown' : passes(security <= facility.maxSecurity)
    },
    needed: ({ requirements: { security } }) => (security === null ? 'ikke vurdert' : securityName(security)),
    offered: ({ facility }) => `tar imot til og med ${securityName(facility.maxSecurity)}`,
  },
  {
    id: 'pets.accepted',
    level: 'facility',
    test: ({ requirements: { pets }, facility }) => {
      if (facility.petsAllowed) return 'passed'
      return pets === null ? 'unknown' : passes(!pets)
    },
    needed: ({ requirements: { pets } }) => (pets === null ? 'ikke spurt' : pets ? 'har dyr' : 'har ikke dyr'),
    offered: ({ facility }) => (facility.petsAllowed ? 'dyr er lov' : 'ikke dyr'),
  },
  {
    id: 'never_together',
    level: 'facility',
    test: ({ requirements, facility }) => passes(!requirements.facilitiesToAvoid.includes(facility.id)),
    needed: ({ requirements }) =>
      requirements.facilitiesToAvoid.length === 0 ? 'ingen hindring registrert' : 'skal ikke bo med bestemte personer',
    // who it is, and whether she lives or is expected there, stays unsaid
    offered: ({ requirements, facility }) =>
      requirements.facilitiesToAvoid.includes(facility.id) ? 'ikke mulig her' : 'ingen hindring her',
  },
  {
    id: 'mix.limit',
    level: 'facility',
    test: ({ requirements: { behaviour }, facility }) => {
      if (facility.maxExtensiveBehaviour === null || facility.extensiveBehaviourNow < facility.maxExtensiveBehaviour)
        return 'passed'
      return behaviour === null ? 'unknown' : passes(behaviour < 3)
    },
    needed: ({ requirements: { behaviour } }) => (behaviour === null ? 'ikke vurdert' : behaviourName(behaviour)),
    offered: ({ facility: { maxExtensiveBehaviour, extensiveBehaviourNow } }) =>
      maxExtensiveBehaviour === null
        ? 'ingen grense'
        : extensiveBehaviourNow < maxExtensiveBehaviour
          ? `rom for flere med ${behaviourName(3)}`
          : `har nådd grensen på ${maxExtensiveBehaviour} med ${behaviourName(3)}`,
  },
  {
    id: 'place.not_own_home',
    level: 'place',
    test: ({ requirements, place }) => passes(!requirements.ownPlaces.includes(place.id)),
    needed: () => 'en annen bolig enn i dag',
    offered: ({ requirements, place }) =>
      requirements.ownPlaces.includes(place.id) ? 'bor her i dag' : 'en annen bolig',
  },
  {
    id: 'place.open',
    level: 'days',
    test: ({ availability: { kind } }) => passes(kind !== 'not_open'),
    needed: ({ requirements: { window }, place }) =>
      `innflytting ${period(window.from, window.to)}, med minst ${minimumOpenDays(place)} dager igjen`,
    offered: ({ requirements: { window }, place, today }) =>
      window.to !== null && window.to <= today
        ? 'tidsrommet for innflytting er over'
        : `åpen ${period(place.open.from, place.open.to)}`,
  },
  {
    id: 'place.free',
    level: 'days',
    test: ({ availability: { kind } }) => passes(kind !== 'taken' && kind !== 'held'),
    needed: ({ requirements: { window } }) => `innflytting ${period(window.from, window.to)}`,
    offered: ({ availability: answer }) =>
      answer.kind === 'taken'
        ? 'opptatt'
        : answer.kind === 'held'
          ? heldInWords(answer.hold)
          : answer.kind === 'available'
            ? `ledig fra ${formatDay(answer.from)}`
            : answer.kind === 'closed'
              ? 'ikke opptatt'
              : 'ikke vurdert, fordi den ikke er åpen da',
  },
  {
    id: 'place.not_closed',
    level: 'days',
    test: ({ availability: { kind } }) => passes(kind !== 'closed'),
    needed: ({ requirements: { window } }) => `innflytting ${period(window.from, window.to)}`,
    offered: ({ availability: answer }) =>
      answer.kind === 'closed'
        ? `sperret ${period(answer.closure.during.from, answer.closure.during.to)}`
        : answer.kind === 'available'
          ? 'ikke sperret da'
          : `ikke vurdert, fordi den ${answer.kind === 'taken' ? 'er opptatt' : answer.kind === 'held' ? 'er reservert' : 'ikke er åpen'} da`,
  },
  {
    id: 'place.admits',
    level: 'facility',
    test: ({ facility }) => passes(facility.admitting),
    needed: () => 'bemannet og tar imot',
    offered: ({ facility }) =>
      facility.admitting ? 'tar imot' : `tar ikke imot nå: ${facility.notAdmittingReason ?? 'grunn ikke oppgitt'}`,
  },
]

/** One hard rule with its catalogue entry: id, version, title, source, and who could relax it. */
export type EligibilityRule = RuleTest & Omit<Catalogued, 'id'>

/** Every hard rule, in the catalogue's order; bit i of a mask of `judge` is rule i here. */
export const ELIGIBILITY_RULES: readonly EligibilityRule[] = CATALOGUE.map((entry: Catalogued) => {
  const test = TESTS.find(({ id }) => id === entry.id)
  if (test === undefined) throw new Error(`rule ${entry.id} of the catalogue has no test`)
  return { ...entry, ...test }
})

const SENTENCES: Record<Outcome, string> = {
  passed: 'Passer.',
  failed: 'Passer ikke.',
  unknown: 'Vi vet ikke nok. Det utelukker ikke plassen.',
}

/** The pair with its availability worked out once. `facility` must be the place's own. */
export function pairOf(requirements: Requirements, place: Place, facility: Facility, today: Day): Pair {
  return {
    requirements,
    place,
    facility,
    today,
    availability: availability(
      requirements.ownHolds.includes(place.id) ? { ...place, held: [] } : place,
      requirements.window,
      today,
      minimumOpenDays(place),
    ),
  }
}

/** Whether the policy in force makes the rule a wish, which excludes nothing. */
export function isWish({ requirements: { asWishes } }: Pick<Pair, 'requirements'>, { id }: { id: string }): boolean {
  return asWishes?.includes(id) === true
}

/** One rule's answer in full: the two values compared and a sentence. */
export function verdictOf(rule: EligibilityRule, pair: Pair): Verdict {
  const outcome = rule.test(pair)
  const needed = rule.needed(pair)
  const offered = rule.offered(pair)
  const wished =
    outcome === 'failed' && isWish(pair, rule) ? ' Regelen er et ønske nå, så det utelukker ikke plassen.' : ''
  return {
    ruleId: rule.id,
    title: rule.title,
    source: rule.source,
    outcome,
    needed,
    offered,
    sentence: `${SENTENCES[outcome]} Behovet: ${needed}. Plassen: ${offered}.${wished}`,
  }
}

/** Every rule with its answer for one pair, whatever it is: every yes and no explained. */
export function explain(pair: Pair): Verdict[] {
  return ELIGIBILITY_RULES.map((rule) => verdictOf(rule, pair))
}

/**
 * The compiled pass over one pair: bit i of `failed` is rule i of ELIGIBILITY_RULES failing, of `unknown` the same for what
 * is not recorded. The pair is eligible when `failed` is 0. A rule that the policy makes a wish never fails here.
 */
export function judge(pair: Pair): { failed: number; unknown: number } {
  let failed = 0
  let unknown = 0
  for (let i = 0; i < ELIGIBILITY_RULES.length; i += 1) {
    const rule = ELIGIBILITY_RULES[i] as EligibilityRule
    const outcome = rule.test(pair)
    if (outcome === 'failed') failed |= isWish(pair, rule) ? 0 : 1 << i
    else if (outcome === 'unknown') unknown |= 1 << i
  }
  return { failed, unknown }
}

/** The rules whose bits are set in a mask of `judge`. */
export function rulesIn(mask: number): EligibilityRule[] {
  return ELIGIBILITY_RULES.filter((_, i) => (mask & (1 << i)) !== 0)
}
