import { FEATURE_GROUP_NAMES, PLACE_FEATURES } from '../../reference/features.ts'
import {
  BEHAVIOUR_LEVELS,
  GENDERS,
  LANGUAGES,
  LIFE_AREA_SCALE,
  LIFE_AREAS,
  NEED_ORIGINS,
  PERSON_SUBSTANCE_STANCES,
  SECURITY_LEVELS,
} from '../../reference/profiles.ts'
import { type Day, type DayRange, daysBetween } from '../day.ts'
import { formById, type HousingForm } from '../ladder.ts'
import type { ReadinessAnswer } from '../readiness.ts'
import type { Urgency } from '../urgency.ts'
import { consentScopeName, districtName, formatDay } from '../words.ts'

/** One line of the paper. */
export interface ReferralFact {
  label: string
  value: string
}

/** One theme of the paper; what nobody has recorded is listed instead of being left out. */
export interface ReferralSection {
  id: 'need' | 'situation' | 'person' | 'household' | 'what_matters' | 'requirements' | 'assessment' | 'consents'
  title: string
  facts: ReferralFact[]
  missing: string[]
}

/**
 * A referral to Felles inntak as it was written, in bokmål. It names nobody: whose it is, follows from the need it hangs on,
 * so that the frozen text can stay when the name is sealed away.
 */
export interface ReferralContent {
  version: 1
  writtenOn: Day
  form: HousingForm
  formName: string
  sections: ReferralSection[]
  /** Readiness items that were missing when it was written, with the step that each stops. */
  missing: Pick<ReadinessAnswer, 'id' | 'title' | 'why' | 'stops'>[]
}

export interface ReferralAssessment {
  assessedOn: Day
  lifeAreas: Readonly<Partial<Record<string, number>>>
  livingSkills: string | null
  livingTraining: string | null
}

/** Everything a referral is made of; all of it is registered once, on the person, the household and the need. */
export interface ReferralFacts {
  form: HousingForm
  forms: readonly HousingForm[]
  registeredOn: Day | null
  responsibleDistrict: string | null
  holdingDistrict: string
  stayDistrict: string | null
  origin: string | null
  situationSince: Day | null
  mustLeaveBy: Day | null
  readyToMoveOnSince: Day | null
  urgency: Urgency
  window: DayRange | null
  requiredFeatures: readonly string[]
  wantedFeatures: readonly string[]
  excludedDistricts: readonly string[]
  wantedDistricts: readonly string[]
  substanceStance: string
  behaviour: number | null
  security: number | null
  serviceDecisionOn: Day | null
  whatMatters: string | null
  age: number | null
  gender: string
  language: string
  interpreter: boolean
  contactPerson: string | null
  individualPlan: { offeredOn: Day | null; answer: string | null }
  adults: number
  children: readonly { birthYear: number; arrangement: string }[]
  pets: boolean | null
  /** Newest first. */
  assessments: readonly ReferralAssessment[]
  consents: readonly { scope: string; givenOn: Day; revokedOn: Day | null }[]
  readiness: readonly ReadinessAnswer[]
  /** The institution the person may wish for (law.md, VEL), by name. */
  wishedFacility: string | null
}

const named = (entries: readonly { id: string; name: string }[], id: string) =>
  entries.find((entry) => entry.id === id)?.name ?? id
const yes = (value: boolean) => (value ? 'Ja' : 'Nei')

/** Collects the lines of one section; a value that is not recorded becomes a sentence in `missing`. */
function section(id: ReferralSection['id'], title: string) {
  const made: ReferralSection = { id, title, facts: [], missing: [] }
  return {
    made,
    /** A line, or `missing` when there is no value; without a sentence the line is simply not called for. */
    line(label: string, value: string | null | undefined, missing?: string) {
      const text = value?.trim() ?? ''
      if (text !== '') made.facts.push({ label, value: text })
      else if (missing !== undefined) made.missing.push(missing)
      return this
    },
  }
}

function needSection(facts: ReferralFacts): ReferralSection {
  const others = facts.forms.filter((form) => form !== facts.form)
  return section('need', 'Hva det søkes om')
    .line('Tilbud', formById(facts.form).name)
    .line('Andre boligformer som er vurdert, det beste først', others.map((form) => formById(form).name).join(', '))
    .line('Ønsket institusjon', facts.wishedFacility)
    .line(
      'Behovet er registrert',
      facts.registeredOn === null ? null : formatDay(facts.registeredOn),
      'Behovet er ikke registrert.',
    )
    .line(
      'Kan flytte inn',
      facts.window === null ? null : windowInWords(facts.window),
      'Når personen kan flytte inn, er ikke avklart.',
    )
    .line(
      'Ansvarlig bydel',
      facts.responsibleDistrict === null ? null : districtName(facts.responsibleDistrict),
      `Ansvarlig bydel er ikke avklart. Bydel ${districtName(facts.holdingDistrict)} holder saken så lenge.`,
    )
    .line(
      'Vedtak om tjenester',
      facts.serviceDecisionOn === null ? null : formatDay(facts.serviceDecisionOn),
      'Vedtak om tjenester er ikke fattet.',
    ).made
}

function windowInWords({ from, to }: DayRange): string {
  return to === null ? `fra ${formatDay(from)}` : `fra ${formatDay(from)} til, men ikke med, ${formatDay(to)}`
}

function situationSection(facts: ReferralFacts): ReferralSection {
  const { urgency } = facts
  return section('situation', 'Situasjonen nå')
    .line(
      'Er nå',
      facts.origin === null ? null : named(NEED_ORIGINS, facts.origin),
      'Hvor personen er nå, er ikke registrert.',
    )
    .line('Oppholdsbydel', facts.stayDistrict === null ? null : districtName(facts.stayDistrict))
    .line(
      'Siden',
      facts.situationSince === null ? null : formatDay(facts.situationSince),
      'Hvor lenge situasjonen har vart, er ikke registrert.',
    )
    .line('Må ut senest', facts.mustLeaveBy === null ? null : formatDay(facts.mustLeaveBy))
    .line('Klar for å flytte siden', facts.readyToMoveOnSince === null ? null : formatDay(facts.readyToMoveOnSince))
    .line('Hasteklasse', `${urgency.urgencyClass} – ${urgency.className}`)
    .line('Grunner', urgency.grounds.map(({ name }) => name).join('; ')).made
}

function personSection(facts: ReferralFacts): ReferralSection {
  const { individualPlan } = facts
  const plan =
    individualPlan.offeredOn === null
      ? null
      : `tilbudt ${formatDay(individualPlan.offeredOn)}, ${
          individualPlan.answer === null
            ? 'ikke besvart'
            : individualPlan.answer === 'accepted'
              ? 'svaret er ja'
              : 'svaret er nei'
        }`
  return section('person', 'Personen')
    .line('Alder', facts.age === null ? null : `${facts.age} år`, 'Fødselsdato er ikke registrert.')
    .line('Kjønn', GENDERS.find(({ id }) => id === facts.gender)?.name, 'Kjønn er ikke registrert.')
    .line('Språk', LANGUAGES.find(({ tag }) => tag === facts.language)?.name ?? facts.language)
    .line('Trenger tolk', yes(facts.interpreter))
    .line('Kontaktperson', facts.contactPerson, 'Fast kontaktperson er ikke registrert.')
    .line('Individuell plan', plan, 'Individuell plan er ikke tilbudt.').made
}

function householdSection({ adults, children, pets }: ReferralFacts): ReferralSection {
  const born = (arrangement: string) =>
    children
      .filter((child) => child.arrangement === arrangement)
      .map(({ birthYear }) => `født ${birthYear}`)
      .join(', ')
  return section('household', 'Husstanden')
    .line('Voksne', String(adults))
    .line('Barn som bor fast', born('living') || 'Ingen')
    .line('Barn på samvær', born('visiting') || 'Ingen')
    .line('Dyr', pets === null ? null : yes(pets), 'Om personen har dyr, er ikke registrert.').made
}

function requirementSection(facts: ReferralFacts): ReferralSection {
  const level = (levels: readonly { level: number; name: string; meaning: string }[], wanted: number | null) => {
    const found = levels.find((entry) => entry.level === wanted)
    return found === undefined ? null : `${found.name}. ${found.meaning}`
  }
  const stance = facts.substanceStance === 'unknown' ? null : named(PERSON_SUBSTANCE_STANCES, facts.substanceStance)
  return section('requirements', 'Krav og ønsker')
    .line('Må ha', featuresByGroup(facts.requiredFeatures) || 'Ingen krav')
    .line('Ønsker', featuresByGroup(facts.wantedFeatures) || 'Ingen ønsker')
    .line('Rusfrihet', stance, 'Om personen kan bo rusfritt, er ikke avklart.')
    .line('Atferd huset må kunne møte', level(BEHAVIOUR_LEVELS, facts.behaviour), 'Nivå for atferd er ikke vurdert.')
    .line('Sikkerhet', level(SECURITY_LEVELS, facts.security), 'Nivå for sikkerhet er ikke vurdert.')
    .line('Bydeler personen ønsker', facts.wantedDistricts.map(districtName).join(', '))
    .line('Bydeler personen ikke kan bo i', facts.excludedDistricts.map(districtName).join(', ')).made
}

/** «Bad og kjøkken: eget bad, eget kjøkken; Adkomst: heis». */
function featuresByGroup(ids: readonly string[]): string {
  const chosen = PLACE_FEATURES.filter(({ id }) => ids.includes(id))
  return [...Map.groupBy(chosen, ({ group }) => group)]
    .map(
      ([group, features]) =>
        `${FEATURE_GROUP_NAMES[group]}: ${features.map(({ name }) => name.toLowerCase()).join(', ')}`,
    )
    .join('; ')
}

/** The newest one, with how old it was; the care track is for statistics only and never goes along (004 4.3). */
function assessmentSection({ assessments }: ReferralFacts, today: Day): ReferralSection {
  const paper = section('assessment', 'Kartlegging')
  const [newest, ...earlier] = assessments
  if (newest === undefined) return paper.line('', null, 'Det finnes ingen kartlegging.').made
  paper.line('Kartlagt', `${formatDay(newest.assessedOn)} (${daysAgo(newest.assessedOn, today)})`)
  for (const { id, name } of LIFE_AREAS) {
    const score = newest.lifeAreas[id]
    const { min, max } = LIFE_AREA_SCALE
    paper.line(name, score === undefined ? null : `${score} på skalaen ${min}–${max}`, `${name} er ikke kartlagt.`)
  }
  return paper
    .line('Bo-evne', newest.livingSkills, 'Bo-evne er ikke beskrevet.')
    .line('Bo-trening', newest.livingTraining, 'Bo-trening er ikke beskrevet.')
    .line('Tidligere kartlegginger', earlier.map(({ assessedOn }) => formatDay(assessedOn)).join(', ')).made
}

function daysAgo(day: Day, today: Day): string {
  const days = daysBetween(day, today)
  return days === 0 ? 'samme dag' : days === 1 ? '1 dag før' : `${days} dager før`
}

function consentSection({ consents }: ReferralFacts, today: Day): ReferralSection {
  const valid = consents.filter(
    ({ givenOn, revokedOn }) => givenOn <= today && (revokedOn === null || revokedOn > today),
  )
  const paper = section('consents', 'Samtykke til å dele opplysninger')
  for (const { scope, givenOn } of valid) {
    paper.line(`Deling med ${consentScopeName(scope)}`, `gitt ${formatDay(givenOn)}`)
  }
  if (!valid.some(({ scope }) => scope === 'vel_intake')) {
    paper.line(
      '',
      null,
      'Personen har ikke samtykket til deling med Felles inntak. Henvisningen deler bare det inntaket trenger for å svare.',
    )
  }
  return paper.made
}

/**
 * The referral that `facts` make on `today`. Left out on purpose: name and personal number, whom she must not live with and
 * why, her care track, and every address. What nobody has recorded is said, never guessed.
 */
export function referralContent(facts: ReferralFacts, today: Day): ReferralContent {
  return {
    version: 1,
    writtenOn: today,
    form: facts.form,
    formName: formById(facts.form).name,
    sections: [
      needSection(facts),
      situationSection(facts),
      personSection(facts),
      householdSection(facts),
      section('what_matters', 'Hva er viktig for personen').line(
        'Med egne ord',
        facts.whatMatters,
        'Hva som er viktig for personen, er ikke skrevet ned.',
      ).made,
      requirementSection(facts),
      assessmentSection(facts, today),
      consentSection(facts, today),
    ],
    missing: facts.readiness
      .filter(({ present }) => !present)
      .map(({ id, title, why, stops }) => ({ id, title, why, stops })),
  }
}
