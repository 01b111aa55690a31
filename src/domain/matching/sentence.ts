import type { Urgency } from '../urgency.ts'
import { listed, placesInWords } from '../words.ts'
import type { Cause, Outcompeted } from './cause.ts'

/** Why a need waits, in one Norwegian sentence or a few; nobody is named. */
export function sentenceOf(cause: Cause, { urgencyClass }: Pick<Urgency, 'urgencyClass'>): string {
  switch (cause.kind) {
    case 'no_eligible_place': {
      const [most] = cause.relaxations
      const opens =
        most === undefined
          ? 'Ingen enkel endring åpner en plass.'
          : `Hvis ${listed(most.titles.map((title) => `«${title}»`))} kan endres, passer ${placesInWords(most.opens)}.`
      return `Ingen ledig plass passer. ${opens}`
    }
    case 'outcompeted':
      return [
        `${placesInWords(cause.eligible)} passer, men andre står foran.`,
        takersSentence(cause),
        ...(cause.homes === 0 ? [] : [homesSentence(cause)]),
        ...(cause.last?.urgencyClass === urgencyClass ? [lastSentence(cause.last)] : []),
        ...cause.freesFor.slice(0, 1).map(freesSentence),
        ...(cause.exchanged === 0 ? [] : [exchangedSentence(cause)]),
      ].join(' ')
    case 'homes_not_freed':
      return cause.eligible === 1
        ? '1 plass passer, men den som bor der, flytter ikke i dette forslaget.'
        : `${placesInWords(cause.eligible)} passer, men de som bor der, flytter ikke i dette forslaget.`
    case 'chain_bound':
      return `${placesInWords(cause.eligible)} passer, men flyttingene som må til, blir en for lang boligkjede eller kommer for sent.`
    case 'kept_apart':
      // whom it is about is not said, nor whether it is one or several
      return `${placesInWords(cause.eligible)} passer hver for seg, men ikke sammen med resten av forslaget.`
    case 'house_pace':
      return `${placesInWords(cause.eligible)} passer, men husene tar ikke imot så mange nye i månedene personen kan flytte.`
    case 'team_full':
      return `${placesInWords(cause.eligible)} passer, men bydelens team for booppfølging kan ikke ta flere i den tiden.`
    case 'quota_used':
      return `${placesInWords(cause.eligible)} passer, men kvoten for husstander fra andre bydeler er brukt opp.`
  }
}

function takersSentence({ eligible, givenToClass }: Outcompeted): string {
  const given = givenToClass.reduce((sum, { places: count }) => sum + count, 0)
  const classes = `hasteklasse ${listed(givenToClass.map((entry) => String(entry.urgencyClass)))}`
  if (given === 1) return `${eligible === 1 ? 'Den' : 'Én av dem'} gikk til en person i ${classes}.`
  return `${given === eligible ? 'Alle' : `${given} av dem`} gikk til personer i ${classes}.`
}

function homesSentence({ homes }: Outcompeted): string {
  return homes === 1
    ? 'I én av dem bor det noen som ikke flytter nå.'
    : `I ${homes} av dem bor det noen som ikke flytter nå.`
}

function lastSentence({
  urgencyClass,
  daysInSituation,
  daysSinceRegistration,
}: NonNullable<Outcompeted['last']>): string {
  const since =
    daysInSituation === null
      ? `var registrert i ${days(daysSinceRegistration)}`
      : `hadde vært i situasjonen i ${days(daysInSituation)}`
  return `Den siste som fikk plass, var også i hasteklasse ${urgencyClass} og ${since}.`
}

const days = (count: number) => (count === 1 ? '1 dag' : `${count} dager`)

function freesSentence({ urgencyClass, forClass }: Outcompeted['freesFor'][number]): string {
  return `En person i hasteklasse ${urgencyClass} fikk plass fordi det frigjør en bolig til en i hasteklasse ${forClass}.`
}

function exchangedSentence({ exchanged, eligible }: Outcompeted): string {
  if (exchanged > 1) return `${exchanged} av dem blir bare ledige fordi de som bor der, bytter bolig med andre.`
  return `${eligible === 1 ? 'Den' : 'Én av dem'} blir bare ledig fordi den som bor der, bytter bolig med en annen.`
}
