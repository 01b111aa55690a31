/**
 * A source is text: one or more references joined by `; `, each a key below and where in it (`000 4.2; F husleieloven § 9-3`).
 * The keys are short because the catalogues cite them on every line; `sourceLabel` spells them out for people.
 */
export const SOURCE_DOCUMENTS = [
  { key: '000', title: 'Bydel Alna: Handlingsplan for psykisk helse og rus 2021–2024', certainty: 'document' },
  { key: '001', title: 'Handlingsplan psykisk helse og rus 2022–2024 (bydelsplan på to sider)', certainty: 'document' },
  { key: '002', title: 'Bydel Nordstrand: Ruspolitisk handlingsplan 2021–2023', certainty: 'document' },
  { key: '003', title: 'Bydel Grünerløkka: Handlingsplan for rusarbeid 2021–2024', certainty: 'document' },
  {
    key: '004',
    title: 'Oslo kommune: Utfordringer og tiltak i innbyggerreisen for psykisk helse og rus (2025)',
    certainty: 'document',
  },
  { key: 'F', title: 'Funnet på offentlige sider', certainty: 'found' },
  { key: 'M', title: 'Gjengitt etter hukommelsen', certainty: 'memory' },
  { key: 'egen', title: 'Fagregel i løsningen', certainty: 'own_choice' },
] as const satisfies readonly { key: string; title: string; certainty: string }[]

/** How far a reference may be trusted before an administrator has confirmed it, the surest first. */
export const CERTAINTIES = ['document', 'found', 'memory', 'own_choice'] as const
export type Certainty = (typeof CERTAINTIES)[number]

export type SourceReference = {
  readonly key: (typeof SOURCE_DOCUMENTS)[number]['key']
  /** Chapter, table or paragraph; empty when the whole is meant. */
  readonly at: string
  readonly title: string
  readonly certainty: Certainty
}

/** The references in a source text. Throws RangeError on an unknown key: a source that leads nowhere is no source. */
export function parseSource(source: string): SourceReference[] {
  return source.split('; ').map((reference) => {
    const space = reference.indexOf(' ')
    const key = space < 0 ? reference : reference.slice(0, space)
    const document = SOURCE_DOCUMENTS.find((candidate) => candidate.key === key)
    if (document === undefined) throw new RangeError(`Unknown source: ${reference}`)
    return { ...document, at: space < 0 ? '' : reference.slice(space + 1) }
  })
}

/**
 * A source text as people read it, in bokmål. What was found or remembered is said to be «ikke kontrollert».
 * @param checked somebody has confirmed what rests on it
 */
export function sourceLabel(source: string, checked = false): string {
  return parseSource(source)
    .map(({ title, at, certainty }) => {
      const from = !checked && (certainty === 'found' || certainty === 'memory') ? `${title}, ikke kontrollert` : title
      return at === '' ? from : `${from}: ${at}`
    })
    .join('; ')
}
