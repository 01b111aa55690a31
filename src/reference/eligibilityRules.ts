/** Who could make the rule stop excluding, if anybody: it decides what «hva må endres for treff?» may propose. */
export type Relaxable = 'person' | 'facility' | 'district' | 'nobody'

export type EligibilityRule = {
  readonly id: string
  readonly version: number
  /** Short enough for a row heading. */
  readonly title: string
  /** What the rule says of any need and any place. */
  readonly sentence: string
  readonly relaxable: Relaxable
  readonly source: string
}

/** The hard rules for one need and one place, in the order the comparison shows them. How each is tested is in the domain. */
export const ELIGIBILITY_RULES = [
  {
    id: 'place.open',
    version: 1,
    title: 'Plassen er åpnet',
    sentence:
      'Plassen må være åpen når personen kan flytte inn, og ikke bli lagt ned før hun har fått bo der en stund.',
    relaxable: 'nobody',
    source: '004 5.6',
  },
  {
    id: 'place.not_closed',
    version: 1,
    title: 'Plassen er ikke sperret',
    sentence:
      'Plassen kan ikke være sperret når personen kan flytte inn. En sperring kan si at plassen tar imot likevel.',
    relaxable: 'facility',
    source: '004 4.3',
  },
  {
    id: 'place.admits',
    version: 1,
    title: 'Botilbudet tar imot',
    sentence: 'Botilbudet må være bemannet og ta imot nye.',
    relaxable: 'facility',
    source: '004 4.3; 004 5.6',
  },
  {
    id: 'place.free',
    version: 1,
    title: 'Ledig i tidsrommet',
    sentence: 'Plassen må bli ledig mens personen kan flytte inn. Den er opptatt til utflyttingen er registrert.',
    relaxable: 'nobody',
    source: '004 5.6; egen belegg telles til faktisk utflytting',
  },
  {
    id: 'place.not_own_home',
    version: 1,
    title: 'Ikke plassen personen bor i',
    sentence: 'Plassen kan ikke være den personen bor i i dag.',
    relaxable: 'nobody',
    source: 'egen å bli boende er ikke en flytting',
  },
  {
    id: 'form.accepted',
    version: 1,
    title: 'Boligform',
    sentence: 'Boligformen må være en av dem behovet sier at personen kan bruke.',
    relaxable: 'person',
    source: '000 4.6; 004 5.1',
  },
  {
    id: 'district.served',
    version: 1,
    title: 'Bydelen botilbudet er for',
    sentence: 'Botilbudet må ta imot fra bydelen som har ansvaret for personen, den dagen vi spør.',
    relaxable: 'district',
    source: '004 5.5',
  },
  {
    id: 'district.accepted',
    version: 1,
    title: 'Bydel personen vil bo i',
    sentence: 'Botilbudet kan ikke ligge i en bydel personen har valgt bort.',
    relaxable: 'person',
    source: '004 5.5',
  },
  {
    id: 'facility.accepted',
    version: 1,
    title: 'Botilbud personen sier ja til',
    sentence: 'Botilbudet kan ikke være et sted personen har valgt bort.',
    relaxable: 'person',
    source: '002 3; egen personen kan si nei til et sted',
  },
  {
    id: 'features.required',
    version: 1,
    title: 'Egenskaper boligen må ha',
    sentence: 'Plassen må ha alt behovet sier at boligen må ha. Ønsker utelukker ingenting.',
    relaxable: 'person',
    source: '000 4.4; 003 3.1.2',
  },
  {
    id: 'household.size',
    version: 1,
    title: 'Plass til husstanden',
    sentence: 'Plassen må ha rom for alle som skal bo der. Barn på besøk regnes ikke med.',
    relaxable: 'facility',
    source: '000 4; egen inntakskriterier',
  },
  {
    id: 'children.allowed',
    version: 1,
    title: 'Barn kan bo der',
    sentence: 'Har husstanden barn som bor der eller er på besøk, må botilbudet ta imot barn.',
    relaxable: 'facility',
    source: '000 4; 000 4.1',
  },
  {
    id: 'age.band',
    version: 1,
    title: 'Alder',
    sentence: 'Personen må være innenfor aldersgrensene til botilbudet.',
    relaxable: 'facility',
    source: '000 4.4; egen inntakskriterier',
  },
  {
    id: 'gender.accepted',
    version: 1,
    title: 'Kjønn',
    sentence: 'Er botilbudet bare for noen kjønn, må personen være et av dem.',
    relaxable: 'facility',
    source: 'egen inntakskriterier',
  },
  {
    id: 'substance.free_house',
    version: 1,
    title: 'Rusfritt hus',
    sentence:
      'Den som ikke kan bo rusfritt, får ikke plass i et rusfritt hus, og den som må bo rusfritt, får bare plass der.',
    relaxable: 'facility',
    source: '004 situasjonsbildet; 004 4.3',
  },
  {
    id: 'behaviour.accepted',
    version: 1,
    title: 'Atferd huset kan møte',
    sentence: 'Botilbudet må kunne møte den atferden personen har behov for hjelp med.',
    relaxable: 'facility',
    source: '000 4.2; 003 3.1.2',
  },
  {
    id: 'security.accepted',
    version: 1,
    title: 'Sikkerhet huset kan gi',
    sentence: 'Botilbudet må kunne gi den sikkerheten personen trenger.',
    relaxable: 'facility',
    source: '000 4.2; 004 4.4',
  },
  {
    id: 'pets.accepted',
    version: 1,
    title: 'Dyr',
    sentence: 'Har personen dyr, må botilbudet tillate det.',
    relaxable: 'facility',
    source: 'egen inntakskriterier',
  },
  {
    id: 'never_together',
    version: 1,
    title: 'Ingen der som ikke skal bo sammen',
    sentence:
      'Personen får ikke plass i et hus der det bor eller kommer noen personen ikke skal bo sammen med. Hvem det er, sies ikke.',
    relaxable: 'nobody',
    source: '004 4.4; 000 4.2',
  },
  {
    id: 'mix.limit',
    version: 1,
    title: 'Grense for hvem som bor sammen',
    sentence:
      'Har botilbudet nådd grensen for hvor mange med omfattende behov knyttet til atferd som kan bo der, tar det ikke imot en til.',
    relaxable: 'facility',
    source: '004 4.4',
  },
] as const satisfies readonly EligibilityRule[]

export type EligibilityRuleId = (typeof ELIGIBILITY_RULES)[number]['id']
