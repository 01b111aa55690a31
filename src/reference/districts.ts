export type District = {
  /** Six digits: 0301 for Oslo and two for the bydel. */
  readonly code: string
  readonly name: string
  /** First day of the bydel as it is now. */
  readonly validFrom: string
  /** First day it no longer exists, or null. The reform may redraw the map at 2027/2028 (004 1.1). */
  readonly validTo: string | null
  readonly source: string
}

// The documents name the bydeler but never say since when; 2004 is the year of the present division.
const present = { validFrom: '2004-01-01', validTo: null, source: '004 tabell 1; M gyldig fra 2004-01-01' } as const

/** The bydeler with a council of their own; Sentrum, Marka and «uoppgitt» appear in the statistics only. */
export const DISTRICTS = [
  { ...present, code: '030101', name: 'Gamle Oslo' },
  { ...present, code: '030102', name: 'Grünerløkka' },
  { ...present, code: '030103', name: 'Sagene' },
  { ...present, code: '030104', name: 'St. Hanshaugen' },
  { ...present, code: '030105', name: 'Frogner' },
  { ...present, code: '030106', name: 'Ullern' },
  { ...present, code: '030107', name: 'Vestre Aker' },
  { ...present, code: '030108', name: 'Nordre Aker' },
  { ...present, code: '030109', name: 'Bjerke' },
  { ...present, code: '030110', name: 'Grorud' },
  { ...present, code: '030111', name: 'Stovner' },
  { ...present, code: '030112', name: 'Alna' },
  { ...present, code: '030113', name: 'Østensjø' },
  { ...present, code: '030114', name: 'Nordstrand' },
  { ...present, code: '030115', name: 'Søndre Nordstrand' },
] as const satisfies readonly District[]
