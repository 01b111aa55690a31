import type { Explanation, Fit } from '../../api/types.ts'
import { inText } from '../../ui/inText.ts'
import type { Names } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'

/** How a place answers one requirement: never by colour alone, so each has its word. */
export type Outcome = 'met' | 'partly' | 'unknown' | 'missing'

export const outcomeWords: Record<Outcome, string> = {
  met: 'Oppfylt',
  partly: 'Delvis',
  unknown: 'Vet ikke',
  missing: 'Mangler',
}

type Cell = { outcome: Outcome; text: string } | null

/** One requirement, what the need asks, and how each place answers, in the order of the places. */
export type Row = { id: string; title: string; needed: string; cells: Cell[] }

const outcomes: Record<Explanation['rules'][number]['outcome'], Outcome> = {
  passed: 'met',
  failed: 'missing',
  unknown: 'unknown',
}

/** The rules as rows. Every explanation holds every rule; the first one's order is used. */
export function ruleRows(explanations: Explanation[]): Row[] {
  const [first] = explanations
  if (first === undefined) return []
  return first.rules.map(({ ruleId, title, needed }) => ({
    id: ruleId,
    title,
    needed,
    cells: explanations.map(({ rules }) => {
      const verdict = rules.find((candidate) => candidate.ruleId === ruleId)
      return verdict === undefined ? null : { outcome: outcomes[verdict.outcome], text: verdict.offered }
    }),
  }))
}

/** The rows in which some place does not meet the requirement: what tells the places apart, or keeps one away. */
export function tellingRows(rows: Row[]): Row[] {
  return rows.filter(({ cells }) => cells.some((cell) => cell?.outcome !== 'met'))
}

/** What decides the order among places that fit, part by part, as rows. */
export function fitRows(explanations: Explanation[], wanted: number, names: Names): Row[] {
  const row = (id: string, title: string, needed: string, cell: (fit: Fit) => Cell): Row => ({
    id,
    title,
    needed,
    cells: explanations.map(({ fit }) => (fit === null ? null : cell(fit))),
  })
  return [
    row('form', 'Ønsket boligform', 'helst den første', ({ formRank }) => ({
      outcome: formRank === 0 ? 'met' : 'partly',
      text: formRank === 0 ? 'førstevalget' : `valg nummer ${formRank + 1}`,
    })),
    row('district', 'Bydel', 'egen eller ønsket bydel', ({ homeDistrict }) => ({
      outcome: homeDistrict ? 'met' : 'missing',
      text: homeDistrict ? 'egen eller ønsket bydel' : 'en annen bydel',
    })),
    row('wishes', 'Ønsker til boligen', wanted === 0 ? 'ingen ønsker' : wishes(wanted), (fit) => wishesMet(fit, names)),
    row('staffing', 'Bemanning', 'som i førstevalget', ({ staffingDifference }) => staffing(staffingDifference)),
  ]
}

function wishesMet({ wantedPresent, wantedMissing }: Fit, names: Names): Cell {
  const total = wantedPresent.length + wantedMissing.length
  if (total === 0) return { outcome: 'met', text: 'ingen ønsker' }
  const lacks = wantedMissing.map((feature) => inText(names.feature(feature))).join(', ')
  const text = `${wantedPresent.length} av ${total}${lacks === '' ? '' : `, mangler ${lacks}`}`
  if (wantedMissing.length === 0) return { outcome: 'met', text }
  return { outcome: wantedPresent.length > 0 ? 'partly' : 'missing', text }
}

function staffing(difference: number | null): Cell {
  if (difference === null) return { outcome: 'unknown', text: 'ikke oppgitt' }
  if (difference === 0) return { outcome: 'met', text: 'som i førstevalget' }
  const levels = Math.abs(difference) === 1 ? 'ett trinn' : `${Math.abs(difference)} trinn`
  return difference > 0
    ? { outcome: 'partly', text: `${levels} mer enn i førstevalget` }
    : { outcome: 'partly', text: `${levels} mindre enn i førstevalget` }
}

function wishes(count: number): string {
  return counted(count, 'ønske', 'ønsker')
}

/** The whole of a pair in one sentence: why the place fits, or what keeps it away. */
export function conclusion({ eligible, rules }: Pick<Explanation, 'eligible' | 'rules'>): string {
  const titles = (outcome: 'failed' | 'unknown') =>
    rules.filter((rule) => rule.outcome === outcome).map(({ title }) => inText(title))
  if (!eligible) return `Passer ikke: ${titles('failed').join(', ')}`
  const unknown = titles('unknown')
  return unknown.length === 0 ? 'Passer' : `Passer, men vi vet ikke nok om: ${unknown.join(', ')}`
}
