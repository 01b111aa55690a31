export interface CapacityMeasure {
  /** What code, API and export call it. */
  readonly id: string
  /** What a screen or a sheet calls it. */
  readonly name: string
  readonly sentence: string
}

/** Version of the definitions below; a change of what any of them counts raises it. */
export const CAPACITY_VERSION = 1

/**
 * The states of a place on a day, the first that holds. Those in `PLACE_STATES` share out the places without rest; the two
 * others are told apart from them. Source: 004 4.3 and 5.6; a resident counts until an actual departure (003 3.1.3).
 */
export const PLACE_STATES = ['occupied', 'occupiedClosed', 'closed', 'notAdmitting', 'held', 'offered', 'free'] as const
export type PlaceState = (typeof PLACE_STATES)[number]

/** What is counted of places on a day, each said once: API, export, screen and docs/capacity.md say it with these words. */
export const PLACE_MEASURES = [
  {
    id: 'places',
    name: 'Plasser',
    sentence: 'Plasser som er åpne den dagen: dagen ligger fra og med åpningen og før stengningen.',
  },
  {
    id: 'occupied',
    name: 'Opptatt',
    sentence:
      'Noen bor der. Plassen er opptatt til utflyttingen er registrert, også når noen blir lenger enn avtalt og når huset ikke tar imot.',
  },
  {
    id: 'occupiedClosed',
    name: 'Opptatt og sperret',
    sentence: 'Noen bor der mens plassen er sperret. Den regnes ikke som opptatt en gang til.',
  },
  {
    id: 'closed',
    name: 'Sperret',
    sentence: 'Ingen bor der, og en sperring stopper innflytting. En sperring som slipper inn, teller ikke.',
  },
  {
    id: 'notAdmitting',
    name: 'Huset tar ikke imot',
    sentence: 'Ingen bor der, plassen er ikke sperret, men huset tar ikke imot: bemanning, kompetanse eller HMS.',
  },
  {
    id: 'held',
    name: 'Holdt av',
    sentence: 'Ingen bor der ennå. Noen har takket ja og skal flytte inn.',
  },
  {
    id: 'offered',
    name: 'Tilbudt',
    sentence: 'Ingen bor der. Plassen er tilbudt, og svarfristen er ikke ute.',
  },
  { id: 'free', name: 'Ledig', sentence: 'Noen kan få plassen: den er åpen, og ingen av tilstandene over gjelder.' },
  {
    id: 'capacity',
    name: 'Tilgjengelig kapasitet',
    sentence:
      'Plasser som er i bruk eller kan tas i bruk: opptatt, opptatt og sperret, holdt av, tilbudt og ledig. Sperrede plasser og hus som ikke tar imot, er ikke med.',
  },
  {
    id: 'admitting',
    name: 'Bemannet og tar imot',
    sentence: 'Åpne plasser i hus som tar imot, og som ikke er sperret, enten noen bor der eller ikke.',
  },
  {
    id: 'occupiedOutside',
    name: 'Bor der uten at plassen er åpen',
    sentence: 'Noen bor der før åpningen eller etter stengningen. Plassen teller ikke, men beboeren forsvinner ikke.',
  },
  { id: 'openingLater', name: 'Åpner senere', sentence: 'Plasser som åpner etter denne dagen.' },
  { id: 'closingLater', name: 'Stenger senere', sentence: 'Åpne plasser som har en dag de stenger.' },
  {
    id: 'admissionAssumed',
    name: 'Inntak ikke kjent',
    sentence:
      'Plasser i hus der ingen har registrert om huset tok imot den dagen. De er regnet som første gang det ble registrert.',
  },
] as const satisfies readonly CapacityMeasure[]

/** What is counted over time, of places and of the queue. */
export const FLOW_MEASURES = [
  {
    id: 'placeDays',
    name: 'Plassdøgn',
    sentence: 'Antall døgn i perioden ganger plasser, i hver tilstand. Perioden går fra og med første dag til siste.',
  },
  {
    id: 'movedIn',
    name: 'Innflyttinger',
    sentence: 'Opphold som begynte i perioden, på plasser i tallet.',
  },
  { id: 'departed', name: 'Utflyttinger', sentence: 'Opphold som sluttet i perioden, på plasser i tallet.' },
  {
    id: 'averagePlaces',
    name: 'Plasser i snitt',
    sentence: 'Plassdøgn delt på døgn: hvor mange plasser som var åpne på en gjennomsnittlig dag i perioden.',
  },
  {
    id: 'turnover',
    name: 'Gjennomstrømning',
    sentence: 'Utflyttinger delt på gjennomsnittlig antall plasser i perioden (plassdøgn delt på døgn).',
  },
  {
    id: 'queue',
    name: 'Kø',
    sentence:
      'Registrerte behov som ikke er avsluttet den dagen, etter ansvarlig bydel og boligformen de helst vil ha. Et behov som avsluttes, er ute av køen fra og med den dagen.',
  },
  {
    id: 'waiting',
    name: 'Ventetid',
    sentence:
      'Dager fra behovet ble registrert til personen fikk en plass, anslått med dem som fortsatt venter (Kaplan–Meier). Den som slutter å vente uten plass, er med til den dagen.',
  },
  { id: 'housed', name: 'Fikk plass', sentence: 'Behov som fikk en plass i perioden.' },
  { id: 'stillWaiting', name: 'Venter fortsatt', sentence: 'Behov som sto i køen da perioden sluttet.' },
  {
    id: 'stay',
    name: 'Oppholdstid',
    sentence: 'Dager fra innflytting til utflytting, anslått med dem som fortsatt bor der (Kaplan–Meier).',
  },
  {
    id: 'beyondNorm',
    name: 'Over normen',
    sentence: 'Opphold som varer den dagen, og som har vart lenger enn normen for boligformen.',
  },
  { id: 'lasting', name: 'Bor der', sentence: 'Opphold som varte da perioden sluttet.' },
  {
    id: 'norm',
    name: 'Norm',
    sentence:
      'Lengste opphold som boligformen er ment for. Noen boligformer har ingen norm: da kan ingen være over den.',
  },
  {
    id: 'shareBeyondNorm',
    name: 'Andel over normen',
    sentence: 'Opphold over normen, delt på oppholdene som varer den dagen.',
  },
  {
    id: 'lastingAtNorm',
    name: 'Andel som blir lenger enn normen',
    sentence:
      'Anslått andel av alle opphold som varer lenger enn normen, regnet med dem som fortsatt bor der (Kaplan–Meier).',
  },
] as const satisfies readonly CapacityMeasure[]

/** What a screen with little room adds up of the measures above. */
const COMBINED_MEASURES = [
  { id: 'taken', name: 'Opptatt i alt', sentence: 'Åpne plasser der noen bor: opptatt, og opptatt og sperret.' },
  { id: 'promised', name: 'Holdt av eller tilbudt', sentence: 'Ledig for ingen andre: holdt av, og tilbudt.' },
  {
    id: 'unusable',
    name: 'Sperret eller tar ikke imot',
    sentence: 'Tomme plasser som ingen kan flytte inn på: sperret, og huset tar ikke imot.',
  },
  {
    id: 'plain',
    name: 'Venter utover ledige',
    sentence: 'Kø minus ledige plasser av den boligformen de helst vil ha, aldri under null.',
  },
] as const satisfies readonly CapacityMeasure[]

/** All of it, as it is told to whoever asks what a number is. */
export const CAPACITY_MEASURES: readonly CapacityMeasure[] = [...PLACE_MEASURES, ...FLOW_MEASURES, ...COMBINED_MEASURES]
