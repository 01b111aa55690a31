/** Why a place was bought from a private supplier. */
export const PURCHASE_REASONS = [
  { id: 'no_own_place', name: 'Kommunen hadde ingen ledig plass som passet', source: '004 4.4' },
  {
    id: 'staffing_hse',
    name: 'Kommunens egen plass sa nei: mangler bemanning, kompetanse eller trygt arbeidsmiljø (HMS)',
    source: '004 4.3',
  },
  { id: 'competence', name: 'Trengte kompetanse som kommunen ikke har', source: '004 4.4' },
  { id: 'acute', name: 'Det hastet', source: '004 4.4' },
  { id: 'wished', name: 'Personen ønsket det', source: 'egen grunn for avrop' },
  { id: 'unknown', name: 'Ikke registrert', source: 'egen grunn for avrop' },
] as const satisfies readonly { id: string; name: string; source: string }[]

export type PurchaseReason = (typeof PURCHASE_REASONS)[number]['id']

/** What a note on a supplier's quality says. */
export const NOTE_KINDS = [
  { id: 'good', name: 'Fungerer godt' },
  { id: 'concern', name: 'Bekymring' },
  { id: 'deviation', name: 'Avvik' },
] as const satisfies readonly { id: string; name: string }[]
