import type { PolicyTrial, WholePolicyTrial } from '../../api/policyTrials.ts'
import { jobInWords } from '../../ui/jobWords.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

const STAGES: Record<string, string> = {
  reading: 'henter behov og plasser',
  before: 'regner med regelen som gjelder',
  after: 'regner med utkastet',
}

const PROPOSALS: Record<NonNullable<PolicyTrial['proposal']>['status'], string> = {
  proposed: 'foreslått',
  adopted: 'tatt i bruk',
  declined: 'avslått',
  withdrawn: 'trukket',
}

/** How a trial is coming along: «Regner: regner med utkastet». */
export function progressInWords(trial: Pick<PolicyTrial, 'status' | 'stage'>): string {
  return jobInWords(trial, STAGES)
}

/** How a trial stands, with what became of it: «Ferdig, foreslått». */
export function standingInWords({
  status,
  stage,
  proposal,
}: Pick<PolicyTrial, 'status' | 'stage' | 'proposal'>): string {
  const job = progressInWords({ status, stage })
  return proposal === null ? job : `${job}, ${PROPOSALS[proposal.status]}`
}

const households = (count: number) => counted(count, 'husstand', 'husstander')

/** «+3», «−2» or «0»: the sign is said, for it is the point. */
export function signed(change: number): string {
  return change > 0 ? `+${inNumbers(change)}` : change < 0 ? `−${inNumbers(-change)}` : '0'
}

/** What the draft does in all, to those whom the reader sees numbers of. */
export function differenceInWords({ byClass, city }: Pick<WholePolicyTrial, 'byClass' | 'city'>): string[] {
  const sum = (key: 'needs' | 'before' | 'after' | 'gained' | 'lost' | 'moved') =>
    byClass.reduce((total, row) => total + row[key], 0)
  const [gained, lost, moved] = [sum('gained'), sum('lost'), sum('moved')]
  const where = city === null ? 'I bydelen' : 'I hele byen'
  const placed = `${where} får ${inNumbers(sum('before'))} av ${households(sum('needs'))} et forslag med regelen som gjelder, og ${inNumbers(sum('after'))} med utkastet.`
  if (gained + lost + moved === 0) return [placed, 'Utkastet endrer ingenting for noen av dem i dag.']
  return [
    placed,
    `${households(gained)} får en plass de ellers ikke får. ${households(lost)} mister plassen. ${households(moved)} får en annen plass.`,
    ...(moved === 0 ? [] : ['At noen får en annen plass, kan også komme av at to svar er like gode.']),
  ]
}

/** Whether each of the two answers is certain to be the best by its own policy. */
export function certaintyInWords({
  beforeProven,
  afterProven,
}: Pick<WholePolicyTrial, 'beforeProven' | 'afterProven'>): string {
  if (beforeProven === true && afterProven === true)
    return 'Begge svarene er bevist å være de beste med hver sin regel. Alle flyttingene er kontrollert.'
  if (beforeProven === afterProven)
    return 'Ingen av svarene er bevist å være de beste: letingen sluttet før det var sikkert. En liten forskjell kan skyldes det. Alle flyttingene er kontrollert.'
  const [certain, uncertain] =
    beforeProven === true ? ['regelen som gjelder', 'utkastet'] : ['utkastet', 'regelen som gjelder']
  return `Svaret med ${certain} er bevist å være det beste. Svaret med ${uncertain} er ikke det: letingen sluttet før det var sikkert, så en liten forskjell kan skyldes det. Alle flyttingene er kontrollert.`
}
