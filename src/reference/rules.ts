export type Rule = {
  readonly id: string
  /** The order in which the screens list them. */
  readonly number: number
  readonly version: number
  readonly title: string
  readonly sentence: string
  /** Values that an administrator may change by adding a version. */
  readonly parameters: Readonly<Record<string, number | string | boolean | readonly number[] | readonly string[]>>
  readonly source: string
}

/** The rules the software carries, apart from the eligibility of one need and one place (`eligibilityRules.ts`). */
export const RULES = [
  {
    id: 'private_rental_first',
    number: 1,
    version: 1,
    title: 'Privat leie vurderes først',
    sentence:
      'Før du tilbyr en kommunal bolig, må det stå hvorfor privat leie passer eller ikke passer. Du kan gå videre uten, hvis du sier hvorfor.',
    parameters: { forms: ['municipal', 'municipal_support'], stops: 'offer', mayBeOverridden: true },
    source: '002 5 Bolig',
  },
  {
    id: 'districts_served',
    number: 2,
    version: 1,
    title: 'Hvem et botilbud er for',
    sentence:
      'Et botilbud tar imot folk fra egen bydel, fra bydeler på en liste eller fra hele byen. Kvoter på tvers av bydeler har en dato og telles.',
    parameters: { scopes: ['own_district', 'listed_districts', 'whole_city'] },
    source: '004 5.5; F kvote for bosetting på tvers av bydeler 2015–2020',
  },
  {
    id: 'admission_criteria',
    number: 3,
    version: 1,
    title: 'Inntakskriterier',
    sentence:
      'Et botilbud kan stille krav om det som betyr noe for å bo der. Diagnose og hovedforløp er aldri et krav.',
    parameters: {
      allowed: [
        'substance_free',
        'age',
        'gender',
        'household_size',
        'children',
        'behaviour',
        'security',
        'accessibility',
        'pets',
      ],
      never: ['diagnosis', 'care_track'],
    },
    source: '004 4.3; 004 5.1',
  },
  {
    id: 'not_under_one_roof',
    number: 4,
    version: 1,
    title: 'Ikke under samme tak',
    sentence:
      'Ingen får plass i et hus der det bor noen de ikke skal bo sammen med, og to slike får ikke samme hus i én fordeling. Et hus kan ha grenser for hvem som bor sammen.',
    parameters: { within: 'facility' },
    source: '004 4.4; 000 4.2',
  },
  {
    id: 'free_in_the_window',
    number: 5,
    version: 1,
    title: 'Ledig når den trengs',
    sentence:
      'Plassen må være åpen, ta imot og være ledig når personen kan flytte. Den er opptatt helt til utflyttingen er registrert, også når noen blir lenger enn avtalt.',
    parameters: { occupiedUntil: 'actual_departure' },
    source: '004 4.3; 004 5.6; egen belegg telles til faktisk utflytting',
  },
  {
    id: 'nobody_is_dropped',
    number: 6,
    version: 1,
    title: 'Ingen faller ut',
    sentence:
      'Et behov er med i køen så snart det sier hva som trengs. Det som mangler, vises og stopper bare steget som krever det.',
    parameters: { rankedWhen: ['forms_stated'] },
    source: '000 4.2; 004 4.3',
  },
  {
    id: 'missing_is_said',
    number: 7,
    version: 1,
    title: 'Manglende opplysninger sies fra om',
    sentence: 'En opplysning som mangler, flytter ingen ned i køen. Skjermen sier at den mangler.',
    parameters: { penalty: 0 },
    source: '002 4.2; egen ingen skjulte køregler',
  },
  {
    id: 'reasons_have_consequences',
    number: 8,
    version: 1,
    title: 'En årsak har en følge',
    sentence:
      'Hvert nei og hver trukket sak har en årsak, og følgen av den vises og tar slutt av seg selv. Bare mangel på plass teller som underdekning.',
    parameters: { shortfall: ['no_capacity', 'no_capacity_lost_place', 'outprioritised'] },
    source: 'egen årsaker med følger',
  },
  {
    id: 'shortfall_is_not_ineligibility',
    number: 9,
    version: 1,
    title: 'Mangel på bolig er ikke avslag på rett',
    sentence:
      'Får noen nei fordi det ikke finnes en egnet bolig, skrives det som mangel på bolig. Vedtaket om hjelp til bolig og vedtaket om kommunal bolig er to saker.',
    parameters: { tracks: ['help_with_home', 'municipal_home'], recordedAs: 'no_capacity' },
    source: 'F boligsosialloven § 6; F forskrift om kommunal bolig i Oslo; F Sivilombudet om to vedtak',
  },
  {
    id: 'no_gap_between_homes',
    number: 10,
    version: 2,
    title: 'Ingen flytter ut før neste kontrakt er klar',
    sentence:
      'Ingen forlater et hjem før neste leiekontrakt er underskrevet. To opphold kan overlappe mens personen flytter, og den som flytter fra institusjon, kan komme tilbake en tid. Ledige plasser der vises først for behovet og kan tilbys uten annen grunn, men går ikke foran andre behov.',
    parameters: { handoverDaysMax: 14, returnDays: 90 },
    source: '003 3.1.3; 002 3.1.1; egen lengde på overlapp og retur',
  },
  {
    id: 'return_plan',
    number: 11,
    version: 1,
    title: 'Plan for å flytte hjem til bydelen',
    sentence:
      'Planen lages sammen med personen og har en ansvarlig i bydelen, en boligform og en dato. Oppfølgingen begynner før flyttingen, og vi ser hvordan det går etter 1, 3, 6 og 12 måneder.',
    parameters: { checksAfterMonths: [1, 3, 6, 12], supportStarts: 'before_move', settledBy: '2030-01-01' },
    source: '003 3.1.3; 000 4.6; 002 5 Bolig; egen tolkning av «innen 2030»',
  },
  {
    id: 'flags',
    number: 12,
    version: 1,
    title: 'Varsler',
    sentence: 'Et varsel sier hva det teller, hvor grensen går og hvor grensen kommer fra. Noen svarer på det.',
    parameters: {
      growthSinceBasePercent: 50,
      baseYear: 2020,
      occupancyPercent: 95,
      longVacancyDays: 30,
      vacancyBesideQueueDays: 7,
      waitingWhileReadyDays: 30,
      outsideResponsibleDistrictDays: 92,
      fewCases: 3,
      fewCasesBudgetPercent: 50,
      closingWithinDays: 183,
      staleDataDays: 7,
    },
    source: '004 situasjonsbildet; 004 4.5; 004 5.1; 004 5.4; egen grenser for varsler',
  },
  {
    id: 'confidential_address',
    number: 13,
    version: 1,
    title: 'Fortrolig adresse',
    sentence:
      'Bor noen på fortrolig eller strengt fortrolig adresse, er plassen alltid opptatt, og mer vises ikke. Bare de som følger opp personen, ser hvem det er.',
    parameters: { codes: ['kode_6', 'kode_7'] },
    source: 'M folkeregisterloven § 10-4; F forvaltningsloven § 13',
  },
  {
    id: 'counts',
    number: 14,
    version: 1,
    title: 'Tall om folk',
    sentence:
      'Egen bydel ser nøyaktige tall. Andre ansatte ser nøyaktige tall uten navn. Det som er offentlig, kommer fra faste månedstabeller og er avrundet til nærmeste fem. Tall på plasser skjules aldri.',
    parameters: { publicRoundingBase: 5, publicTables: 'monthly' },
    source: '004 5.4; egen avrunding av offentlige tall',
  },
  {
    id: 'archive',
    number: 15,
    version: 1,
    title: 'Arkiv',
    sentence:
      'Opplysninger låses og tas vare på, og går til saksarkivet. De slettes ikke. En feil rettes slik at det synes hva som sto der før.',
    parameters: { erase: false },
    source: 'M arkivlova; egen rettelser med spor',
  },
] as const satisfies readonly Rule[]

export type RuleId = (typeof RULES)[number]['id']

type RuleEntry = (typeof RULES)[number]
type RuleWith<Id extends RuleEntry['id']> = Extract<RuleEntry, { readonly id: Id }>

/** The rule with this id, with its own parameters. Total. */
export function ruleById<Id extends RuleEntry['id']>(id: Id): RuleWith<Id> {
  const rule = RULES.find((entry): entry is RuleWith<Id> => entry.id === id)
  if (rule === undefined) throw new RangeError(`no such rule: ${id}`)
  return rule
}
