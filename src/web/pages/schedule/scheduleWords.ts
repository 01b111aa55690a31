import type { ReturnSchedule } from '../../api/schedules.ts'
import { inNumbers } from '../../ui/numbers.ts'

type Summary = NonNullable<ReturnSchedule['summary']>

/** How many could move, and how many cannot. */
export function summaryInWords({ people, couldMove, cannotMove }: Summary): string {
  if (people === 0) return 'Ingen har en åpen plan som sier at det er riktig å flytte hjem.'
  const them = people === 1 ? 'den ene' : `de ${inNumbers(people)}`
  return `${inNumbers(couldMove)} av ${them} det er riktig å flytte hjem for, kan flytte innenfor planen sin. ${inNumbers(cannotMove)} kan ikke. Under står hva som hindrer dem.`
}

/** Whether anything better exists, and how far it can be away. */
export function certaintyInWords({ proven, gap, groupsBoundByTeams }: Summary): string {
  const teams =
    groupsBoundByTeams === 0
      ? 'Ingen team setter grense for når noen kan flytte.'
      : groupsBoundByTeams === 1
        ? 'I én gruppe setter et team grense for når noen kan flytte.'
        : `I ${inNumbers(groupsBoundByTeams)} grupper setter et team grense for når noen kan flytte.`
  if (proven) return `${teams} Det er bevist at ingen tidsplan er bedre.`
  const placed = gap.filter(({ tier }) => tier.startsWith('class_'))
  const more = placed.reduce((sum, { value, bound }) => sum + bound - value, 0)
  return placed.length === 0
    ? `${teams} Ingen tidsplan flytter flere, men noen kan kanskje flytte tidligere: tiden til å lete var ute.`
    : `${teams} Tiden til å lete var ute. En bedre tidsplan kan flytte høyst ${inNumbers(more)} flere.`
}

/** How a schedule that is being made stands. */
export function stageInWords({ status, stage }: ReturnSchedule): string {
  if (status === 'queued') return 'Tidsplanen venter på tur.'
  if (stage === 'solving') return 'Setter sammen planer, boliger og team.'
  if (stage === 'storing') return 'Lagrer tidsplanen.'
  return 'Leser planer, boliger og team.'
}
