import type { ChainStep, FollowedChain, FollowedStep, MovingChain } from '../../api/chains.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inARow } from '../../ui/listing.ts'
import { counted } from '../../ui/numbers.ts'

type Colour = 'info' | 'success' | 'warning' | 'danger' | 'neutral'

/** How the state of a move is marked besides its word. */
export function stepColour(state: ChainStep['state']): Colour {
  if (state === 'broken') return 'danger'
  if (state === 'moved_in' || state === 'accepted') return 'success'
  if (state === 'to_offer') return 'warning'
  return state === 'sent' ? 'info' : 'neutral'
}

/** How the state of a chain is marked besides its word. */
export function chainColour(state: MovingChain['state']): Colour {
  if (state === 'complete') return 'success'
  return state === 'running' ? 'info' : 'danger'
}

/** «Flytting 2». */
export const moveName = (position: number) => `Flytting ${position + 1}`

const inText = (position: number) => `flytting ${position + 1}`

type Named = Pick<ChainStep['place'], 'label' | 'facilityName'>
/** «H0203, Furuset bosenter». */
export const placeName = ({ label, facilityName }: Named) => `${label}, ${facilityName}`

/** Several moves in a row: «flytting 2 og 3». */
function movesInWords(positions: readonly number[]): string {
  return `flytting ${inARow(positions.map((position) => String(position + 1)))}`
}

/**
 * Where a move stands now, in sentences: whom it waits for, by when, and what comes next.
 * @param before the move before it in the chain; undefined for the first
 */
export function stepFacts(step: ChainStep, before: ChainStep | undefined): string[] {
  const { state, answerBy, plannedOn, needId } = step
  const planned = `Planlagt innflytting ${dayInWords(plannedOn)}.`
  const waits = before === undefined || before.state === 'moved_in' ? undefined : inText(before.position)
  switch (state) {
    case 'to_offer':
      return [
        needId === null
          ? 'Venter på at den som følger opp personen, sender tilbudet.'
          : 'Tilbudet er ditt å sende. Personen får ikke vite noe før det.',
        ...(waits === undefined ? [] : [`Tilbudet blir betinget til ${waits} er svart ja til.`]),
        `Må sendes senest ${dayInWords(plannedOn)}, ellers brytes kjeden her.`,
        planned,
      ]
    case 'conditional':
      return [
        `Venter på ${waits ?? 'flyttingen før'}: den som bor på plassen, må svare ja først. Da blir tilbudet fast.`,
        ...(answerBy === null ? [] : [`Blir det ikke fast innen ${dayInWords(answerBy)}, løper det ut.`]),
        planned,
      ]
    case 'sent':
      return [`Venter på at personen svarer.${answerBy === null ? '' : ` Svarfrist ${dayInWords(answerBy)}.`}`, planned]
    case 'accepted':
      return [
        waits === undefined
          ? 'Kan flytte inn.'
          : `Venter på ${waits}: den som bor på plassen, må ha flyttet før kontrakten signeres.`,
        planned,
      ]
    case 'moved_in':
      return [
        'Har flyttet inn.',
        ...(step.from === null
          ? []
          : [`Utflyttingen fra ${placeName(step.from)} må være registrert før noen andre kan flytte inn der.`]),
      ]
    case 'broken':
      return [
        ...(step.why === null ? [] : [step.why]),
        ...(step.brokenAt === null ? [] : [`Brutt ${dayInWords(dayOf(step.brokenAt))}.`]),
        step.from === null
          ? 'Plassen i køen er den samme.'
          : `Personen blir boende på ${placeName(step.from)} og har samme plass i køen.`,
      ]
  }
}

/** What waits for somebody now, in one sentence; undefined when nothing does. */
export function nextInWords(steps: readonly ChainStep[]): string | undefined {
  const own = (step: ChainStep) => step.needId !== null
  const unsent = steps.filter(({ state }) => state === 'to_offer')
  if (unsent.some(own))
    return `Du har tilbud å sende: ${movesInWords(unsent.filter(own).map(({ position }) => position))}.`
  const asked = steps.find(({ state }) => state === 'sent')
  if (asked !== undefined)
    return `Venter på svar i ${inText(asked.position)}${asked.answerBy === null ? '' : `, frist ${dayInWords(asked.answerBy)}`}.`
  if (unsent.length > 0)
    return `Andre har igjen å sende tilbud: ${movesInWords(unsent.map(({ position }) => position))}.`
  const yes = steps.find(({ state }) => state === 'accepted')
  if (yes !== undefined) return `Venter på innflytting i ${inText(yes.position)}.`
  return undefined
}

/** Who has still to send an offer, in a sentence; undefined when all are sent. */
export function remainingInWords(steps: readonly ChainStep[]): string | undefined {
  const unsent = steps.filter(({ state }) => state === 'to_offer')
  if (unsent.length === 0) return undefined
  const named = (own: boolean) =>
    unsent.filter(({ needId }) => (needId !== null) === own).map(({ position }) => position)
  return [
    ...(named(true).length === 0 ? [] : [`Du har igjen å sende tilbudet i ${movesInWords(named(true))}.`]),
    ...(named(false).length === 0 ? [] : [`Andre har igjen å sende tilbudet i ${movesInWords(named(false))}.`]),
  ].join(' ')
}

/** What broke a chain and what fell with it, in sentences; none while nothing is broken. */
export function breakFacts(steps: readonly ChainStep[]): string[] {
  const broken = steps.filter(({ state }) => state === 'broken')
  const first = broken.filter(({ brokenBy }) => brokenBy !== 'step_before')
  const fell = broken.filter(({ brokenBy }) => brokenBy === 'step_before').map(({ position }) => position)
  return [
    ...first.map(({ position, place, why, brokenAt }) =>
      `${moveName(position)}, til ${placeName(place)}, ble brutt${brokenAt === null ? '' : ` ${dayInWords(dayOf(brokenAt))}`}. ${why ?? ''}`.trim(),
    ),
    ...(fell.length === 0
      ? []
      : [
          `${capital(movesInWords(fell))} falt med den, for ${fell.length === 1 ? 'plassen blir ikke ledig' : 'plassene blir ikke ledige'}. De det gjelder, beholder det de har, og plassen i køen.`,
        ]),
  ]
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What has become of proposing the rest again. */
export function againFacts({ againRunId, againEnded, steps }: FollowedChain): string[] {
  if (againRunId === null) return []
  if (!againEnded)
    return [
      'Resten foreslås på nytt: en ny kjøring for hele byen er bestilt. Svaret kommer her, som regel i løpet av et par minutter.',
    ]
  const anyOwn = steps.some(({ state, needId }) => state === 'broken' && needId !== null)
  return [
    anyOwn
      ? 'Resten er foreslått på nytt. Hva det ble for dine, står ved hver flytting.'
      : 'Resten er foreslått på nytt, hver til den som følger opp personen.',
  ]
}

/** What is proposed instead for one of the reader's own people whose move fell. */
export function againInWords({ again }: Pick<FollowedStep, 'again'>): string | undefined {
  if (again === null) return undefined
  if (again.place === null) return `Den nye kjøringen fant ingen plass. ${again.sentence ?? ''}`.trim()
  return `Den nye kjøringen foreslår ${placeName(again.place)}${again.movesOn === null ? '' : `, fra ${dayInWords(again.movesOn)}`}.`
}

/** A chain as it is told from others: «3 flyttinger, den første til H0203, Furuset bosenter». */
export function chainName(steps: readonly ChainStep[]): string {
  const [first] = steps
  const count = counted(steps.length, 'flytting', 'flyttinger')
  return first === undefined ? count : `${count}, den første til ${placeName(first.place)}`
}
