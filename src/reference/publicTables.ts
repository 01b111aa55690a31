/** Counts of people are rounded to this before anybody outside sees them (rule 14). */
export const ROUNDING_BASE = 5

/**
 * The tables that everybody may read, without signing in: these and no others, once for each month that is over. Another table
 * of the same people would be another view of the same counts, and views can be held against each other: so people are in one
 * table only, and a change of what a table holds is another version of it. See docs/adr/0011-public-tables.md.
 */
export const PUBLIC_TABLES = [
  {
    id: 'ventende',
    version: 1,
    holds: 'people',
    title: 'Hvor mange som venter på bolig',
    sentence:
      'Registrerte behov den siste dagen i måneden, etter bydelen som har ansvaret og trinnet i boligtrappen de helst vil ha. Hvert tall er rundet av til nærmeste 5. Summene er summer av de avrundede tallene, så de kan avvike fra det virkelige antallet.',
  },
  {
    id: 'plasser',
    version: 1,
    holds: 'places',
    title: 'Hvor mange plasser som finnes',
    sentence:
      'Åpne plasser den siste dagen i måneden, etter bydelen huset ligger i og boligform, og hvor mange av dem som var i hus som tok imot og ikke var sperret. Plasser er ikke personer og er ikke rundet av. Hvor mange som er ledige, står ikke her.',
  },
] as const satisfies readonly {
  id: string
  version: number
  holds: 'people' | 'places'
  title: string
  sentence: string
}[]
export type PublicTableId = (typeof PUBLIC_TABLES)[number]['id']
