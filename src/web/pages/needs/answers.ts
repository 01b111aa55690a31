import type { Assessment, Consent, Need, NeverTogether, Resident } from '../../api/types.ts'
import type { Option } from '../../form/Choices.tsx'
import { dayInWords } from '../../ui/days.ts'
import type { Names } from '../../ui/names.ts'
import { childrenInWords } from '../residents/person.ts'
import { addressProtections, petAnswers, planAnswers } from '../residents/words.ts'
import { consentInWords } from './consentWords.ts'
import { privateRentalAnswers } from './privateRental.ts'
import { asksForMunicipalHome, type ThemeId } from './themes.ts'

/** One question with its answers in words; no answer at all is said as «Ikke svart». */
export type Answer = { label: string; values: string[] }

type Registration = {
  need: Need
  resident: Resident
  assessments: Assessment[]
  consents: Consent[]
  neverTogether: NeverTogether[]
}

/** Everything that was answered, theme by theme, in the words of the screens. */
export function answersOf(registration: Registration, names: Names): Record<ThemeId, Answer[]> {
  const { need, assessments, consents, neverTogether } = registration
  return {
    person: personAnswers(registration.resident, names),
    situasjon: situationAnswers(need, names),
    boligform: [
      { label: 'Boligformer, det beste først', values: need.forms.map((form, i) => `${i + 1}. ${names.form(form)}`) },
      ...(need.serviceDecisionOn === null
        ? []
        : [{ label: 'Vedtak om tjenester', values: day(need.serviceDecisionOn) }]),
    ],
    bolig: homeAnswers(need, names),
    hus: [
      { label: 'Kan personen bo rusfritt?', values: [names.substanceStance(need.substanceStance)] },
      { label: 'Behov knyttet til atferd', values: level(need.behaviour, names.behaviour) },
      { label: 'Behov for sikkerhet', values: level(need.security, names.security) },
    ],
    'privat-leie': privateRentalAnswer(need),
    kartlegging: [
      { label: 'Kartlegginger', values: assessments.map(({ assessedOn }) => `Kartlagt ${dayInWords(assessedOn)}`) },
    ],
    samtykke: [{ label: 'Samtykker', values: consents.map((consent) => consentInWords(consent, names)) }],
    'ikke-sammen': [
      {
        label: 'Skal ikke bo sammen med',
        values: neverTogether.map(({ otherName }) => otherName ?? 'En person i en annen bydel'),
      },
    ],
    viktig: [{ label: 'Hva er viktig for deg?', values: need.whatMatters === null ? [] : [need.whatMatters] }],
  }
}

function personAnswers(resident: Resident, names: Names): Answer[] {
  const { household, personalNumberEnding, individualPlanOfferedOn, individualPlanAnswer } = resident
  const plan = individualPlanOfferedOn === null ? [] : [`Tilbudt ${dayInWords(individualPlanOfferedOn)}`]
  if (plan.length > 0) plan.push(`Svar: ${labelOf(planAnswers, individualPlanAnswer)}`)
  return [
    { label: 'Navn', values: [resident.name] },
    {
      label: 'Fødselsnummer',
      values: personalNumberEnding === null ? [] : [`Registrert, slutter på ${personalNumberEnding}`],
    },
    { label: 'Fødselsdato', values: day(resident.birthDate) },
    { label: 'Kjønn', values: resident.gender === 'unknown' ? [] : [names.gender(resident.gender)] },
    { label: 'Beskyttet adresse', values: [labelOf(addressProtections, resident.addressProtection)] },
    { label: 'Voksne', values: [String(household.adults)] },
    { label: 'Barn', values: [childrenInWords(household.children)] },
    { label: 'Dyr', values: [labelOf(petAnswers, household.pets)] },
    { label: 'Språk', values: [names.language(resident.language) + (resident.interpreter ? ', trenger tolk' : '')] },
    { label: 'Telefon', values: given(resident.phone) },
    { label: 'Fast kontaktperson', values: given(resident.contactPerson) },
    { label: 'Individuell plan', values: plan },
  ]
}

function situationAnswers(need: Need, names: Names): Answer[] {
  return [
    { label: 'Hvor er personen nå?', values: need.origin === null ? [] : [names.origin(need.origin)] },
    { label: 'Siden når?', values: day(need.situationSince) },
    { label: 'Må være ute innen', values: day(need.mustLeaveBy) },
    ...(need.readyToMoveOnSince === null
      ? []
      : [{ label: 'Klar for å flytte videre siden', values: day(need.readyToMoveOnSince) }]),
    { label: 'Hva gjør at det haster?', values: need.urgencyGrounds.map(names.ground) },
    {
      label: 'Ansvarlig bydel',
      values: [need.responsibleDistrict === null ? 'Uavklart' : names.district(need.responsibleDistrict)],
    },
    ...(need.stayDistrict === null ? [] : [{ label: 'Oppholdsbydel', values: [names.district(need.stayDistrict)] }]),
  ]
}

function homeAnswers(need: Need, names: Names): Answer[] {
  const { neededDuring, excludedFacilities } = need
  const window =
    neededDuring === null
      ? []
      : [
          `Fra ${dayInWords(neededDuring.from)}${neededDuring.to === null ? '' : `, senest før ${dayInWords(neededDuring.to)}`}`,
        ]
  return [
    { label: 'Krav', values: need.requiredFeatures.map(names.feature) },
    { label: 'Ønsker', values: need.wantedFeatures.map(names.feature) },
    { label: 'Ønskede bydeler', values: need.wantedDistricts.map(names.district) },
    { label: 'Bydeler personen ikke kan bo i', values: need.excludedDistricts.map(names.district) },
    {
      label: 'Botilbud personen ikke vil bo i',
      values: excludedFacilities.length === 0 ? [] : [`${excludedFacilities.length} valgt bort`],
    },
    { label: 'Når personen kan flytte', values: window },
  ]
}

function privateRentalAnswer(need: Need): Answer[] {
  if (!asksForMunicipalHome(need)) return [{ label: 'Kan personen leie privat?', values: ['Trengs ikke'] }]
  return [
    { label: 'Kan personen leie privat?', values: [labelOf(privateRentalAnswers, need.privateRental)] },
    { label: 'Begrunnelse', values: given(need.privateRentalReason) },
    { label: 'Vurdert', values: day(need.privateRentalConsideredOn) },
  ]
}

const given = (text: string | null) => (text === null ? [] : [text])
const day = (value: string | null) => (value === null ? [] : [dayInWords(value)])
const level = (value: number | null, name: (level: number) => string) => (value === null ? [] : [name(value)])

function labelOf<T>(options: Option<T>[], value: T): string {
  return options.find((option) => option.value === value)?.label ?? String(value)
}
