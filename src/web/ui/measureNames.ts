/**
 * What each measure of places and of the queue is called, on every page. The service's catalogue says the same
 * (`GET /capacity/measures`), with what is counted; a test compares them, so that one thing never has two words.
 */
export const measureNames = {
  places: 'Plasser',
  occupied: 'Opptatt',
  occupiedClosed: 'Opptatt og sperret',
  closed: 'Sperret',
  notAdmitting: 'Huset tar ikke imot',
  held: 'Holdt av',
  offered: 'Tilbudt',
  free: 'Ledig',
  capacity: 'Tilgjengelig kapasitet',
  admitting: 'Bemannet og tar imot',
  occupiedOutside: 'Bor der uten at plassen er åpen',
  openingLater: 'Åpner senere',
  closingLater: 'Stenger senere',
  admissionAssumed: 'Inntak ikke kjent',
  placeDays: 'Plassdøgn',
  movedIn: 'Innflyttinger',
  departed: 'Utflyttinger',
  averagePlaces: 'Plasser i snitt',
  turnover: 'Gjennomstrømning',
  queue: 'Kø',
  waiting: 'Ventetid',
  housed: 'Fikk plass',
  stillWaiting: 'Venter fortsatt',
  stay: 'Oppholdstid',
  beyondNorm: 'Over normen',
  lasting: 'Bor der',
  norm: 'Norm',
  shareBeyondNorm: 'Andel over normen',
  lastingAtNorm: 'Andel som blir lenger enn normen',
  taken: 'Opptatt i alt',
  promised: 'Holdt av eller tilbudt',
  unusable: 'Sperret eller tar ikke imot',
  plain: 'Venter utover ledige',
} as const

export type MeasureId = keyof typeof measureNames
