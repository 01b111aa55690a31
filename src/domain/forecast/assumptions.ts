import { arrivalFacts } from './arrivals.ts'
import type { Prepared } from './forecast.ts'
import { givingOrderNotes, policyOfInput } from './givingOrder.ts'
import { medianDays } from './lasting.ts'

/** What a forecast takes for granted of a form, learnt from the history. Pairs and triples are 80 % intervals. */
export interface FormAssumptions {
  form: string
  /** Needs that ask for it first: a month now, and their growth a year now. */
  arrivalsPerMonth: [low: number, middle: number, high: number]
  growthPerYear: [low: number, middle: number, high: number]
  /** Half have left after so many days; half of the places are lived in again after so many. */
  medianStayDays: number
  medianVacancyDays: number
  /** The share of move-ins that are of somebody whose need is registered. */
  registeredShare: number
  /** The share of departures to no other place by which a home was lost: she is back in the queue without one. */
  lossShare: number
}

export interface Assumptions {
  notes: readonly string[]
  forms: FormAssumptions[]
}

/** What the simulation takes for granted whatever the history says, in the words of the screens. */
const forecastNotes = (order: readonly string[]): string[] => [
  'Nye behov øker eller minker slik de har gjort til nå, men veksten dør langsomt ut. Hvor sikker den er, er målt på historien.',
  'Opphold varer så lenge som de har gjort i samme boligform de siste fem årene. De som fortsatt bor der, er regnet med.',
  ...order,
  'Passer den ikke for noen som venter, flytter noen inn uten registrert behov, slik det har vært til nå.',
  'Den som venter på en annen bolig, blir boende til hun får den, eller til behovet avsluttes.',
  'Planlagte åpninger og nedleggelser skjer på dagen de er planlagt, også de som bare er sagt å være mulige, om ikke et scenario holder dem utenfor. To måneder før en nedleggelse gis det ikke bort plasser som skal bort.',
  'Den som bor på en plass som legges ned, må ut den dagen og venter i hasteklasse 2, eller i sin egen om den kommer før.',
  'En bolig er mistet når noen flytter ut av den uten en ny bolig hos oss, og er tilbake i køen innen tre måneder. Akuttplasser, midlertidige boliger og institusjoner for opphold en tid er ikke regnet som boliger.',
  'Nye behov får hasteklasse som blant dem som venter i dag. De mest akutte får plass fort og er derfor få blant dem: nye behov i klasse 1 og 2 kan være regnet for få, og de i klasse 3 og 5 for mange.',
  'Hasteklassen er den samme så lenge behovet varer. Barn, krav og ønsker er ikke med hver for seg, bare i hvor ofte en plass passer.',
]

/** The assumptions of a prepared forecast, form by form. */
export function assumptionsOf({ input, rates }: Prepared): Assumptions {
  const share = ([some, others]: readonly [number, number]) => some / (some + others)
  return {
    notes: forecastNotes(givingOrderNotes(policyOfInput(input).choices)),
    forms: input.forms.map(({ id }, form) => {
      const { monthly, yearlyGrowth } = arrivalFacts(rates.arrivals, form)
      return {
        form: id,
        arrivalsPerMonth: monthly,
        growthPerYear: yearlyGrowth,
        medianStayDays: medianDays(rates.stays, form),
        medianVacancyDays: medianDays(rates.vacancies, form),
        registeredShare: share(rates.matching.registered[form]!),
        lossShare: share(rates.losses[form]!),
      }
    }),
  }
}
