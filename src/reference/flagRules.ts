import { ruleById } from './rules.ts'

const { parameters } = ruleById('flags')

/** What is counted, and so what a threshold is in. */
export const FLAG_UNITS = ['percent', 'needs', 'people', 'places', 'facilities'] as const
export type FlagUnit = (typeof FLAG_UNITS)[number]

/** What stands behind a flag, and can be opened by whoever may see it. */
export type FlagRecords = 'needs' | 'stays' | 'places' | 'facilities'

export type FlagRule = {
  readonly id: string
  readonly version: number
  readonly title: string
  /** What is measured and how, as a user reads it. */
  readonly measure: string
  readonly unit: FlagUnit
  /** Raised from here on. */
  readonly opensAt: number
  /** Closed by itself below this: lower than what raises it, so that it does not come and go with one case. */
  readonly closesBelow: number
  /**
   * Closed when it has been below for so many days in a row. One case is enough to raise a rule that is measured in cases, so that
   * its lower threshold lies in time: none for a week.
   */
  readonly closesAfterDays: number
  readonly records: FlagRecords
  /** What the person who is responsible can do about it. */
  readonly next: string
  readonly source: string
}

/** No case for so many days in a row closes a flag that one case raises. */
const NONE_FOR_DAYS = 7

/** The flags that are measured every day (domain rule 12), in the order the screens list them; thresholds are the city's to change by a new version. */
export const FLAG_RULES = [
  {
    id: 'growth_since_base',
    version: 2,
    title: 'Behovet vokser',
    measure: `Behov som er åpne ved utgangen av kvartalene, i snitt for et år, mot det samme i ${parameters.baseYear}. Tallet gjelder perioden kilden oppgir, så de to kan sammenlignes. Om varselet står, avgjøres av siste hele år. Der færre enn 20 var åpne i ${parameters.baseYear}, er det for få til å regne prosent.`,
    unit: 'percent',
    opensAt: parameters.growthSinceBasePercent,
    closesBelow: parameters.growthSinceBasePercent - 10,
    closesAfterDays: 0,
    records: 'needs',
    next: 'Se hvilke behov det gjelder, og meld behovet inn i boligplanen.',
    source: '004 situasjonsbildet; egen grense på 50 prosent',
  },
  {
    id: 'certified_shortfall',
    version: 2,
    title: 'Sikker mangel på plasser',
    measure:
      'Så mange av dem som venter, blir uten plass uansett hvem som flytter, etter siste kjøring over byen. For en bydel telles bare det som er sikkert for bydelen alene. Bak varselet står alle som venter på de samme plassene: hvem av dem som blir uten, er ikke avgjort.',
    unit: 'needs',
    opensAt: 5,
    closesBelow: 3,
    closesAfterDays: 0,
    records: 'needs',
    next: 'Åpne kjøringen og se hva behovene har til felles.',
    source: '004 4.2; 004 5.1; egen grense på 5 behov',
  },
  {
    id: 'step_without_places',
    version: 2,
    title: 'Hull i boligtrappen',
    measure: 'Noen venter på et trinn i boligtrappen der bydelen ikke har en eneste åpen plass.',
    unit: 'needs',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'needs',
    next: 'Finn ut om en annen bydel kan tilby plass, eller meld hullet inn i boligplanen.',
    source: '004 5.1 «tette hull»',
  },
  {
    id: 'high_occupancy',
    version: 1,
    title: 'Nesten fullt',
    measure: 'Opptatte plasser av alle åpne plasser på trinnet. Bare der bydelen har minst 10 plasser.',
    unit: 'percent',
    opensAt: parameters.occupancyPercent,
    closesBelow: parameters.occupancyPercent - 3,
    closesAfterDays: 0,
    records: 'places',
    next: 'Se om noen på trinnet er klare til å flytte videre.',
    source: '004 5.6; egen grense på 95 prosent',
  },
  {
    id: 'vacancy_beside_queue',
    version: 2,
    title: 'Ledige plasser mens noen venter på det samme',
    measure: `Plasser i bydelen som har vært ledige i mer enn ${parameters.vacancyBesideQueueDays} dager, i en boligform som noen bydelen har ansvar for, venter på. De som også har stått lenge tomme, telles her og ikke en gang til.`,
    unit: 'places',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'places',
    next: 'Start en kjøring for bydelen, og se hva som skal til for at plassene passer.',
    source: '004 5.6; egen grense på 7 dager',
  },
  {
    id: 'long_vacancy',
    version: 2,
    title: 'Plasser som står lenge tomme',
    measure: `Plasser i bydelen som tar imot, og som har vært ledige i mer enn ${parameters.longVacancyDays} dager uten at noen i bydelen venter på boligformen.`,
    unit: 'places',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'places',
    next: 'Spør botilbudet hvorfor plassen står tom.',
    source: '004 4.3; 004 5.6; egen grense på 30 dager',
  },
  {
    id: 'overstay',
    version: 3,
    title: 'Opphold som varer lenger enn avtalt',
    measure: `Personer som bydelen har ansvar for, og som bor på en plass etter datoen oppholdet var avtalt til. De som har vært klare til å flytte i mer enn ${parameters.waitingWhileReadyDays} dager, telles under «Klar til å flytte, men venter».`,
    unit: 'people',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'stays',
    next: 'Avtal ny dato, eller registrer behovet for neste bolig.',
    source: '003 3.1.3; 004 5.3; egen grense på 1 person',
  },
  {
    id: 'waiting_while_ready',
    version: 3,
    title: 'Klar til å flytte, men venter',
    measure: `Personer som har vært klare til å flytte i mer enn ${parameters.waitingWhileReadyDays} dager, og som ennå bor der de bor. De som også bor der etter avtalt dato, telles her og ikke en gang til.`,
    unit: 'people',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'stays',
    next: 'Se forslagene for dem i siste kjøring.',
    source: '004 4.2; 004 5.3; egen grense på 30 dager',
  },
  {
    id: 'forced_skip',
    version: 2,
    title: 'Fikk en annen boligform fordi den rette manglet',
    measure:
      'Så mange ganger det siste året en person fikk en annen boligform enn den som trengtes, fordi det ikke fantes plass.',
    unit: 'needs',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'needs',
    next: 'Se hvilken boligform som trengtes, og følg opp at den som flyttet, har det hun trenger.',
    source: '004 4.3 «hopper over trinn»',
  },
  {
    id: 'outside_responsible_district',
    version: 2,
    title: 'Oppholder seg i en annen bydel enn den ansvarlige',
    measure: `Personer med registrert behov som i mer enn ${parameters.outsideResponsibleDistrictDays} dager har oppholdt seg i en annen bydel enn den som har ansvaret.`,
    unit: 'people',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'needs',
    next: 'Spør personen hvor hun vil bo, og avklar ansvaret.',
    source: '004 5.4; egen grense på 92 dager',
  },
  {
    id: 'bought_beside_own',
    version: 2,
    title: 'Kjøpt plass mens en egen plass passer',
    measure: 'Personer på en kjøpt plass som siste kjøring over byen foreslår en av kommunens egne plasser for.',
    unit: 'people',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'needs',
    next: 'Åpne kjøringen og se på forslagene.',
    source: '004 4.5',
  },
  {
    id: 'budget_in_few_cases',
    version: 1,
    title: 'Mye av pengene går til få saker',
    measure: `Det de ${parameters.fewCases} dyreste kjøpte plassene koster bydelen i år, av budsjettet for kjøpte plasser: det som er brukt, bestilt og løper ut året. Uten budsjett måles det mot alt som kjøpes i år, og bare der minst 10 opphold er kjøpt.`,
    unit: 'percent',
    opensAt: parameters.fewCasesBudgetPercent,
    closesBelow: parameters.fewCasesBudgetPercent - 5,
    closesAfterDays: 0,
    records: 'stays',
    next: 'Se om noen av dem kan få en egen plass, og meld fra om resten av budsjettet.',
    source: '004 4.5; egen grense på 50 prosent',
  },
  {
    id: 'closing_before_next_home',
    version: 3,
    title: 'Plassen legges ned før neste bolig er klar',
    measure: `Personer som bydelen har ansvar for, og som bor på en plass som legges ned innen ${parameters.closingWithinDays} dager, uten at de har takket ja til en bolig som er klar da, og uten at bydelen har forpliktet seg til en bolig som er åpen da.`,
    unit: 'people',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'stays',
    next: 'Finn neste bolig sammen med personen, eller avtal med den som legger ned, at plassen står til den er klar.',
    source: '003 3.1.3; 004 5.3; egen grense på 183 dager',
  },
  {
    id: 'stale_data',
    version: 2,
    title: 'Ledige plasser er ikke bekreftet',
    measure: `Botilbud i bydelen som ikke har bekreftet hvilke plasser som er ledige, de siste ${parameters.staleDataDays} dagene.`,
    unit: 'facilities',
    opensAt: 1,
    closesBelow: 1,
    closesAfterDays: NONE_FOR_DAYS,
    records: 'facilities',
    next: 'Be botilbudene bekrefte.',
    source: '004 5.6; egen grense på 7 dager',
  },
] as const satisfies readonly FlagRule[]

export type FlagRuleId = (typeof FLAG_RULES)[number]['id']

/** The rule with this id. Total. */
export function flagRuleById(id: FlagRuleId): FlagRule {
  const rule: FlagRule | undefined = FLAG_RULES.find((entry) => entry.id === id)
  if (rule === undefined) throw new RangeError(`no such flag rule: ${id}`)
  return rule
}

/** How a flag stands after somebody said that it is dealt with: raised again when it still holds after so many days. */
export const RESOLVED_GRACE_DAYS = 30
/** Growth is told where at least so many were open in the base year: of few, one more is a high share. */
export const GROWTH_BASE_MIN = 20
/** Occupancy is told where a district has at least so many places on a step. */
export const OCCUPANCY_PLACES_MIN = 10
/** Without a budget, the share in few cases is told where a year has at least so many: of few, few are always a large share. */
export const FEW_CASES_MIN = 10
