/** Who could make the rule stop excluding, if anybody: it decides what «hva må endres for treff?» may propose. */
export type Relaxable = 'person' | 'facility' | 'district' | 'nobody'

export type EligibilityRule = {
  readonly id: string
  readonly version: number
  /** Short enough for a row heading. */
  readonly title: string
  readonly relaxable: Relaxable
  readonly source: string
}

/** The hard rules for one need and one place, in the order the comparison shows them. How each is tested is in the domain. */
export const ELIGIBILITY_RULES = [
  { id: 'place.open', version: 1, title: 'Plassen er åpnet', relaxable: 'nobody', source: '004 5.6' },
  { id: 'place.not_closed', version: 1, title: 'Plassen er ikke sperret', relaxable: 'facility', source: '004 4.3' },
  { id: 'place.admits', version: 1, title: 'Botilbudet tar imot', relaxable: 'facility', source: '004 4.3; 004 5.6' },
  {
    id: 'place.free',
    version: 1,
    title: 'Ledig i tidsrommet',
    relaxable: 'nobody',
    source: '004 5.6; egen belegg telles til faktisk utflytting',
  },
  {
    id: 'place.not_own_home',
    version: 1,
    title: 'Ikke plassen personen bor i',
    relaxable: 'nobody',
    source: 'egen å bli boende er ikke en flytting',
  },
  { id: 'form.accepted', version: 1, title: 'Boligform', relaxable: 'person', source: '000 4.6; 004 5.1' },
  { id: 'district.served', version: 1, title: 'Bydelen botilbudet er for', relaxable: 'district', source: '004 5.5' },
  { id: 'district.accepted', version: 1, title: 'Bydel personen vil bo i', relaxable: 'person', source: '004 5.5' },
  {
    id: 'facility.accepted',
    version: 1,
    title: 'Botilbud personen sier ja til',
    relaxable: 'person',
    source: '002 3; egen personen kan si nei til et sted',
  },
  {
    id: 'features.required',
    version: 1,
    title: 'Egenskaper boligen må ha',
    relaxable: 'person',
    source: '000 4.4; 003 3.1.2',
  },
  {
    id: 'household.size',
    version: 1,
    title: 'Plass til husstanden',
    relaxable: 'facility',
    source: '000 4; egen inntakskriterier',
  },
  { id: 'children.allowed', version: 1, title: 'Barn kan bo der', relaxable: 'facility', source: '000 4; 000 4.1' },
  { id: 'age.band', version: 1, title: 'Alder', relaxable: 'facility', source: '000 4.4; egen inntakskriterier' },
  { id: 'gender.accepted', version: 1, title: 'Kjønn', relaxable: 'facility', source: 'egen inntakskriterier' },
  {
    id: 'substance.free_house',
    version: 1,
    title: 'Rusfritt hus',
    relaxable: 'facility',
    source: '004 situasjonsbildet; 004 4.3',
  },
  {
    id: 'behaviour.accepted',
    version: 1,
    title: 'Atferd huset kan møte',
    relaxable: 'facility',
    source: '000 4.2; 003 3.1.2',
  },
  {
    id: 'security.accepted',
    version: 1,
    title: 'Sikkerhet huset kan gi',
    relaxable: 'facility',
    source: '000 4.2; 004 4.4',
  },
  { id: 'pets.accepted', version: 1, title: 'Dyr', relaxable: 'facility', source: 'egen inntakskriterier' },
  {
    id: 'never_together',
    version: 1,
    title: 'Ingen der som ikke skal bo sammen',
    relaxable: 'nobody',
    source: '004 4.4; 000 4.2',
  },
  { id: 'mix.limit', version: 1, title: 'Grense for hvem som bor sammen', relaxable: 'facility', source: '004 4.4' },
] as const satisfies readonly EligibilityRule[]

export type EligibilityRuleId = (typeof ELIGIBILITY_RULES)[number]['id']
