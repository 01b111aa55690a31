export type PlaceFeature = {
  readonly id: string
  readonly name: string
  readonly group: 'access' | 'home' | 'surroundings' | 'household'
  /** Shown behind «hvorfor spør vi?». */
  readonly why: string
  readonly source: string
}

/** What a place has, and what a need may require or want. Facts about the home only: nothing here describes a person. */
export const PLACE_FEATURES = [
  {
    id: 'ground_floor',
    name: 'Første etasje',
    group: 'access',
    why: 'Trapper stenger for den som går dårlig. Mange med langvarige rusproblemer blir syke tidlig.',
    source: '000 4.4; 003 3.1.2; 004 4.3',
  },
  {
    id: 'lift',
    name: 'Heis',
    group: 'access',
    why: 'Gjør høyere etasjer mulige for den som går dårlig.',
    source: '000 4.4; 003 3.1.2',
  },
  {
    id: 'step_free',
    name: 'Uten trinn fra gata',
    group: 'access',
    why: 'For rullator og rullestol, og når hjemmetjenesten har utstyr med.',
    source: '000 4.4; 003 3.1.2',
  },
  {
    id: 'wheelchair',
    name: 'Tilpasset rullestol',
    group: 'access',
    why: 'Bredde i dører og plass på badet avgjør om en i rullestol kan bo der.',
    source: '000 4.4; 004 tabell 2',
  },
  {
    id: 'own_bathroom',
    name: 'Eget bad',
    group: 'home',
    why: 'Å dele bad er vanskelig for mange, og nødvendig å slippe for noen.',
    source: '002 3.2; egen egenskaper ved boligen',
  },
  {
    id: 'own_kitchen',
    name: 'Eget kjøkken',
    group: 'home',
    why: 'Å lage mat selv er en del av å øve på å bo.',
    source: '002 3.1.1; 000 4.6',
  },
  {
    id: 'two_bedrooms',
    name: 'To soverom eller flere',
    group: 'household',
    why: 'For par, og for barn som bor der eller er på besøk.',
    source: '000 4',
  },
  {
    id: 'child_friendly',
    name: 'Egnet for barn',
    group: 'household',
    why: 'Barn som bor der eller er på besøk, skal ha det trygt.',
    source: '000 4.1',
  },
  {
    id: 'quiet_surroundings',
    name: 'Rolig nabolag',
    group: 'surroundings',
    why: 'Noen trenger lite støy. Nabolaget kan gjøre en ellers god bolig uegnet.',
    source: '003 3; F forskrift om kommunal bolig i Oslo',
  },
  {
    id: 'robust_standard',
    name: 'Robust bolig',
    group: 'home',
    why: 'Tåler hard bruk, slik at boligen ikke går tapt.',
    source: '000 4.2; 003 3.1.2',
  },
  {
    id: 'sound_insulated',
    name: 'Godt lydisolert eller fristående',
    group: 'surroundings',
    why: 'Mindre strid med naboer gir et boforhold som varer.',
    source: '003 3; 003 3.1.2',
  },
  {
    id: 'sheltered_entrance',
    name: 'Skjermet inngang',
    group: 'surroundings',
    why: 'Noen må kunne komme og gå uten å møte andre, eller uten å bli funnet.',
    source: '000 4.2; 004 4.4',
  },
  {
    id: 'near_transit',
    name: 'Nær kollektivtransport',
    group: 'surroundings',
    why: 'Gjør det mulig å komme seg til behandling, arbeid og aktivitet.',
    source: '000 4.5; 003 3.2.3',
  },
  {
    id: 'near_activity',
    name: 'Nær aktivitetstilbud',
    group: 'surroundings',
    why: 'Et sted å være om dagen hjelper mot ensomhet.',
    source: '000 4.5; 002 3.1.1; 003 3.2.3',
  },
  {
    id: 'furnished',
    name: 'Møblert',
    group: 'home',
    why: 'Den som kommer fra institusjon eller gata, eier ofte ingenting.',
    source: '000 4.6',
  },
] as const satisfies readonly PlaceFeature[]

export type PlaceFeatureId = (typeof PLACE_FEATURES)[number]['id']

/** Bokmål names of the groups. */
export const FEATURE_GROUP_NAMES = {
  access: 'Å komme inn og rundt',
  home: 'Boligen',
  household: 'Husstanden',
  surroundings: 'Rundt boligen',
} as const satisfies Record<PlaceFeature['group'], string>
