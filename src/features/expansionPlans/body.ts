import type { Actor } from '../../db/actor.ts'
import type { PolicyTeller } from '../../db/matchingPolicy.ts'
import type { Day } from '../../domain/day.ts'
import type { ExpansionAnswer } from '../../domain/expansion/answer.ts'
import type { ExpansionAsk } from '../../domain/expansion/ask.ts'
import type { Assumed } from '../../domain/expansion/hangsOn.ts'
import type { Assumptions } from '../../domain/forecast/assumptions.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { EXPANSION_POLICY } from '../../reference/expansionPolicy.ts'
import type { PlanRow } from './queries.ts'
import type { ExpansionPlan } from './schema.ts'

const { parameters, notice } = EXPANSION_POLICY
const longDay = new Intl.DateTimeFormat('nb-NO', { dateStyle: 'long', timeZone: 'UTC' })
const number = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 1 })

/** What is moved to see what the answer hangs on, as a user reads it. */
const ASSUMED_NAMES: Record<Assumed, string> = {
  growth: 'Vekst i nye behov',
  stays: 'Hvor lenge opphold varer',
  losses: 'Hvor mange som mister boligen',
  costs: 'Kostnad per plass',
}

export const formNamed = (form: string) => ({ form: form as HousingForm, formName: formById(form as HousingForm).name })

/** A plan as its readers see it, with the names of districts and forms. */
export function planBody(
  row: PlanRow,
  actor: Actor | null,
  names: ReadonlyMap<string, string>,
  told: PolicyTeller,
): ExpansionPlan {
  const { requestedBy, status, policies, assumptions, ask: asked, answer: made, ...rest } = row
  const ask = asked as unknown as ExpansionAsk
  const answer = made as unknown as ExpansionAnswer | null
  const learnt = assumptions as unknown as Assumptions | null
  return {
    ...rest,
    ...ask,
    forms: ask.forms.map(({ form, costPerPlace }) => ({ ...formNamed(form), costPerPlace })),
    status: status as ExpansionPlan['status'],
    policies: policies as unknown as ExpansionPlan['policies'],
    matchingPolicy: told(policies),
    mine: requestedBy === actor?.accountId,
    notice,
    assumptions: learnt === null ? [] : [...ownAssumptions(ask), ...learnt.notes],
    answer: answer === null ? null : answerBody(answer, ask, names),
  }
}

/** «1. januar 2030». */
export const dayInWords = (day: Day) => longDay.format(new Date(`${day}T00:00:00Z`))

function ownAssumptions({ forms, perDistrictYear, budget, by, level }: ExpansionAsk): string[] {
  const listed = forms.map(({ form, costPerPlace }) => `${formNamed(form).formName}: ${number.format(costPerPlace)} kr`)
  return [
    `Underdekning i en bydel er husstander som venter på en av boligformene i regnestykket, ut over ledige plasser av samme form i bydelen. Den skal være høyst ${level} ${dayInWords(by)}, i ni av ti kjøringer.`,
    'Nye plasser åpner 1. juli i året de står i, og går til bydelens egne.',
    `En bydel får høyst ${perDistrictYear} nye plasser i året.${
      budget === null ? '' : ` Alt koster høyst ${number.format(budget)} kr.`
    }`,
    `${parameters.costSentence} ${listed.join('. ')}.`,
  ]
}

function answerBody(
  answer: ExpansionAnswer,
  ask: ExpansionAsk,
  names: ReadonlyMap<string, string>,
): NonNullable<ExpansionPlan['answer']> {
  const districtNamed = (district: string) => ({ district, districtName: names.get(district) ?? district })
  return {
    ...answer,
    openings: answer.openings.map(({ district, form, ...opening }) => ({
      ...districtNamed(district),
      ...formNamed(form),
      ...opening,
      opensOn: opening.opensOn as Day,
    })),
    districts: answer.districts.map(({ district, ...figures }) => ({ ...districtNamed(district), ...figures })),
    check: { ...answer.check, sentences: checkInWords(answer, ask) },
    hangsOn: answer.hangsOn.map((moved) => ({
      ...moved,
      // answers that were stored before it was asked do not say
      settled: moved.settled ?? null,
      name: ASSUMED_NAMES[moved.assumed],
      placesMore: moved.places - answer.places,
      costMore: moved.cost - answer.cost,
    })),
    effects: answer.effects.map(({ form, ...effect }) => ({ ...formNamed(form), ...effect })),
  }
}

const times = (count: number) => (count === 1 ? 'én gang' : `${count} ganger`)
const ofDistricts = (count: number) => (count === 1 ? 'én bydel' : `${count} bydeler`)

/** What the check by simulation showed. */
function checkInWords({ check, met, districts, gap }: ExpansionAnswer, { runs, level }: ExpansionAsk): string[] {
  const above = districts.filter((district) => !district.met).length
  return [
    `Planen er prøvd i framskrivingen ${times(check.rounds.length)}, hver gang med ${runs} kjøringer og de samme tilfeldige tallene.`,
    met
      ? `I ni av ti kjøringer er underdekningen høyst ${level} i alle bydeler.`
      : `Planen når ikke målet. I ${ofDistricts(above)} er underdekningen over ${level} i mer enn én av ti kjøringer. Dette er den nærmeste planen vi fant.`,
    check.againAbove === 0
      ? 'Prøvd på nytt med andre tilfeldige tall ligger ingen bydel over.'
      : `Prøvd på nytt med andre tilfeldige tall ligger ${ofDistricts(check.againAbove)} over. Så usikkert er svaret.`,
    check.settled
      ? 'Vi sluttet da ingen ny plan var verdt å prøve.'
      : `Vi sluttet fordi rundene var brukt opp. En plan som er ${met ? 'mindre' : 'nærmere'}, kan finnes.`,
    gap === 0
      ? 'Hver utregning er bevist å være den minste i sitt regnestykke.'
      : `En utregning stoppet på tid. Den kan være ${number.format(gap * 100)} prosent fra den minste.`,
    'Én plass mer gir ikke alltid kortere kø i en kjøring, fordi fordelingen av plasser er forenklet. Minste plan betyr derfor den minste vi fant som holder.',
  ]
}
