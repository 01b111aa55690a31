import type { DomainErrorCode } from '../error.ts'

export type Precondition = {
  readonly id: string
  /** What a refusal for its sake is called. */
  readonly code: DomainErrorCode
  /** Why not, as the user reads it. */
  readonly sentence: string
}

/** What transitions ask for besides what a need must have (readiness), each with its refusal. */
export const PRECONDITIONS = [
  {
    id: 'need_registered',
    code: 'need_not_open',
    sentence: 'Behovet er ikke registrert, eller det er avsluttet.',
  },
  {
    id: 'no_home_accepted',
    code: 'home_accepted',
    sentence: 'Husstanden har takket ja til en plass. Trekk det tilbudet først hvis det skal være en annen.',
  },
  { id: 'not_offered_before', code: 'offer_exists', sentence: 'Plassen er allerede tilbudt til dette behovet.' },
  {
    id: 'vel_place_referred',
    code: 'needs_referral',
    sentence:
      'Felles inntak gir denne plassen. Send en henvisning, så kommer plassen som svar på den. Den som har rett til å komme tilbake til huset, kan få plass uten.',
  },
  { id: 'place_not_closed', code: 'place_closed', sentence: 'Plassen er sperret, ikke åpen, eller tar ikke imot.' },
  { id: 'place_not_taken', code: 'place_taken', sentence: 'Noen bor på plassen.' },
  { id: 'place_not_held', code: 'place_held', sentence: 'Plassen er reservert for en annen.' },
  {
    id: 'place_fits',
    code: 'place_unfit',
    sentence: 'Plassen oppfyller ikke alt som kreves. Det personen selv kan si ja til, kan du gå forbi med en grunn.',
  },
  {
    id: 'lives_apart',
    code: 'place_unfit',
    sentence: 'I huset bor eller kommer noen personen ikke skal bo sammen med. Trekk tilbudet, og finn en annen plass.',
  },
  {
    id: 'skip_explained',
    code: 'skip_unexplained',
    sentence:
      'Boligformen er en annen enn behovet sier. Si om det er et valg eller fordi det mangler plass, og hvorfor.',
  },
  { id: 'lease_not_signed', code: 'lease_signed', sentence: 'Leiekontrakten er signert. Da må tilbudet trekkes.' },
  { id: 'form_has_lease', code: 'no_lease', sentence: 'Denne boligformen har ikke leiekontrakt, men vedtak.' },
  {
    id: 'lease_signed',
    code: 'lease_missing',
    sentence: 'Leiekontrakten må være signert før innflytting. Registrer den på tilbudet: «Registrer leiekontrakt».',
  },
  {
    id: 'lease_signed_in_time',
    code: 'lease_missing',
    sentence:
      'Leiekontrakten må være signert senest den dagen personen flytter inn. Er dagen feil, rett den der kontrakten er registrert.',
  },
  {
    id: 'lease_covers_move_in',
    code: 'lease_missing',
    sentence:
      'Leieforholdet må gjelde den dagen personen flytter inn. Er dagene feil, rett dem der kontrakten er registrert.',
  },
  {
    id: 'decision_granted',
    code: 'decision_missing',
    sentence:
      'Et innvilget vedtak må være fattet og gjelde den dagen personen flytter inn. Skriv det under «Papirer» på behovet.',
  },
  {
    id: 'step_before_moved',
    code: 'chain_waits',
    sentence: 'Den som bor der, må ha flyttet inn i sin nye bolig før kontrakten signeres.',
  },
  {
    id: 'nobody_left_for_it',
    code: 'withdrawal_blocked',
    sentence:
      'Personen har flyttet ut i tillit til dette tilbudet og har ingen annen bolig. Registrer en ny bolig først.',
  },
  {
    id: 'given_by_vel',
    code: 'not_given_by_intake',
    sentence: 'Felles inntak gir ikke plass i denne boligformen. Bydelen tilbyr den selv.',
  },
  {
    id: 'no_open_referral',
    code: 'referral_exists',
    sentence: 'Behovet er allerede henvist til denne boligformen og venter på svar.',
  },
  {
    id: 'next_home_ready',
    code: 'next_home_missing',
    sentence:
      'Ingen flytter ut før neste kontrakt er signert. Registrer kontrakten eller innflyttingen der personen skal bo, eller velg en annen årsak.',
  },
  {
    id: 'same_form',
    code: 'transfer_needs_offer',
    sentence: 'Bytte av plass er bare innen samme boligform. Send et tilbud for en annen boligform.',
  },
  {
    id: 'move_in_day_passed',
    code: 'move_in_not_over',
    sentence: 'Innflyttingsdagen er ikke over. Vent til dagen etter, eller trekk tilbudet.',
  },
  {
    id: 'left_by_departure',
    code: 'correction_blocked',
    sentence: 'Personen byttet til en annen plass. Registrer et bytte tilbake i stedet.',
  },
  {
    id: 'came_by_move_in',
    code: 'correction_blocked',
    sentence: 'Personen kom fra en annen plass den dagen. Dagen for et bytte kan ikke rettes.',
  },
  {
    id: 'nothing_signed',
    code: 'withdrawal_blocked',
    sentence: 'Leiekontrakten for et tilbud er signert. Trekk det tilbudet først.',
  },
  {
    id: 'nobody_left_for_offer',
    code: 'withdrawal_blocked',
    sentence:
      'Personen har flyttet ut i tillit til et tilbud og har ingen annen bolig. Registrer en ny bolig først. Det kan registreres likevel at personen har funnet bolig selv, har flyttet fra byen eller er død.',
  },
  {
    id: 'worksheet_says_lease',
    code: 'lease_missing',
    sentence: 'Utleier og leietid må stå i regnearket for privat leie. Fyll dem ut der, så skrives de ikke to ganger.',
  },
  {
    id: 'ended_by_reason',
    code: 'correction_blocked',
    sentence: 'Behovet er dekket fordi noen flyttet inn. Rett innflyttingen eller utflyttingen i stedet.',
  },
  {
    id: 'no_other_need',
    code: 'open_need_exists',
    sentence: 'Husstanden har et annet behov som står åpent. Ett av dem må avsluttes før dette kan stå i køen igjen.',
  },
  {
    id: 'no_open_need',
    code: 'open_need_exists',
    sentence: 'Husstanden har et utkast eller et registrert behov fra før. Åpne det i stedet for å lage et nytt.',
  },
  {
    id: 'nothing_reserved',
    code: 'hold_exists',
    sentence: 'En annen plass er reservert til dette behovet. Frigi den først.',
  },
  {
    id: 'need_decidable',
    code: 'need_not_open',
    sentence: 'Vedtak fattes om et behov som er registrert eller dekket, ikke om en kladd eller et som er trukket.',
  },
  {
    id: 'no_draft',
    code: 'draft_exists',
    sentence: 'Det finnes et utkast fra før. Endre det i stedet for å lage et nytt.',
  },
  {
    id: 'decision_is_issued',
    code: 'decision_not_issued',
    sentence: 'Vedtaket er ikke fattet ennå, så det er ikke noe å klage på.',
  },
  {
    id: 'no_open_appeal',
    code: 'appeal_open',
    sentence: 'Det er en klage til behandling fra før. Avslutt den først.',
  },
  {
    id: 'moves_in_order',
    code: 'chain_not_started',
    sentence:
      'De som er med, skal bytte bolig i ring. Ingen av plassene er ledig, så den som flyttet først, ville stå uten bolig. Avtal byttet mellom bydelene, eller vent til en plass som passer en av dem, er ledig. Da blir det en kjede.',
  },
  { id: 'chain_not_begun', code: 'chain_not_started', sentence: 'Kjeden er allerede satt i gang.' },
  {
    id: 'everybody_still_there',
    code: 'chain_not_started',
    sentence:
      'Noen i kjeden står ikke i køen lenger, eller har flyttet siden kjøringen. Se hva en ny kjøring foreslår.',
  },
  {
    id: 'in_no_other_chain',
    code: 'chain_not_started',
    sentence: 'Noen i kjeden, eller en av plassene, er allerede med i en annen kjede som er i gang.',
  },
  {
    id: 'first_place_free',
    code: 'chain_not_started',
    sentence: 'Plassen som kjeden begynner med, er ikke ledig lenger. Se hva en ny kjøring foreslår.',
  },
  {
    id: 'step_to_offer',
    code: 'chain_step_closed',
    sentence: 'Leddet i kjeden er brutt, eller tilbudet er allerede sendt. Et tilbud trekkes for seg.',
  },
] as const satisfies readonly Precondition[]

export type PreconditionId = (typeof PRECONDITIONS)[number]['id']

/** The precondition with this id. Total. */
export function preconditionById(id: PreconditionId): Precondition {
  const found: Precondition | undefined = PRECONDITIONS.find((precondition) => precondition.id === id)
  if (found === undefined) throw new RangeError(`no such precondition: ${id}`)
  return found
}
