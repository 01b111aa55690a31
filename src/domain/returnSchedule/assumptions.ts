import { FIRST_POLICY, isWait } from '../matching/policy.ts'
import { formatDay, listed } from '../words.ts'
import type { ScheduleInput } from './input.ts'

/** What a schedule was asked to reckon with. */
export interface ScheduleAsked {
  shareOfVacancies: number
  certainty: number
  keptMonths: number
}

const percent = (share: number) => `${Math.round(share * 100)} prosent`
const months = (count: number) => (count === 1 ? 'én måned' : `${count} måneder`)

/** What a schedule takes for granted, in the words of the screens. */
export function scheduleAssumptions(
  { until, followUpMonths, policy }: Pick<ScheduleInput, 'until' | 'followUpMonths' | 'policy'>,
  asked: ScheduleAsked,
): string[] {
  const { classes, tiers } = policy.choices ?? FIRST_POLICY
  const waits = tiers.some(isWait)
  return [
    `Planen gjelder flyttinger før ${formatDay(until)} for dem det er riktig å flytte hjem for. Den som skal bli, ikke er avgjort eller ikke har noen plan, er ikke med.`,
    `Først flyttes så mange som mulig i hasteklasse ${classes[0]}, så i ${listed(classes.slice(1).map(String))}. Deretter teller ${waits ? 'ventetid, så ' : ''}hvor tidlig de flytter. Det er samme rekkefølge som når byen finner treff.`,
    'Hasteklasse og ventetid er slik de er i dag.',
    'En bolig passer når den har planens boligform og ligger i bydelen personen skal hjem til. Krav til den enkelte boligen er ikke regnet med.',
    `${percent(asked.shareOfVacancies)} av boligene som blir ledige, regnes til dem som skal flytte hjem. Resten går til andre som venter. Andelen er en antakelse.`,
    'Hvor ofte boliger blir ledige, er regnet av de siste tre årene. En bydel med få boliger er regnet sammen med resten av byen.',
    `Så mange boliger er regnet ledige hver måned som det er ${percent(asked.certainty)} sikkert at det har blitt. Bare hele boliger er regnet med.`,
    'Boliger som er ledige i dag, og boliger som skal åpne, er regnet med fullt ut.',
    `En ledig bolig holdes høyst i ${months(asked.keptMonths)} for noen som skal flytte hjem. En bolig som bydelen har satt av til noen, holdes for den personen.`,
    `Et team følger opp personen i ${months(followUpMonths)} etter flyttingen. Bare de som har flyttet etter en plan, er regnet mot hvor mange teamet har plass til. Et team uten oppgitt kapasitet setter ingen grense.`,
    'Oppfølgingen må begynne minst en dag før personen flytter.',
  ]
}
