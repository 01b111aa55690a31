import type { Measure, TOTALS } from './series.ts'

/** What a forecast's numbers are called on screens and in files, and what each of them counts; in the order of a choice of them. */
export const MEASURE_WORDS: Record<Measure, { name: string; sentence: string }> = {
  queue: {
    name: 'Behov som venter',
    sentence: 'Registrerte behov som venter, etter boligformen de ber om først og bydelen som har ansvaret.',
  },
  shortfall: {
    name: 'Underdekning',
    sentence:
      'Behov som venter, ut over de ledige plassene i samme boligform. Byens tall regner med ledige plasser i alle bydeler.',
  },
  waitedDays: {
    name: 'Dager ventet',
    sentence:
      'Hvor mange dager de som venter, har ventet i gjennomsnitt. Spennet er smalt: I prøver med oppdiktede byer traff det i tre av fire tilfeller, ikke fire av fem.',
  },
  residents: { name: 'Beboere', sentence: 'Husstander som bor på en plass, etter bydelen som har ansvaret for dem.' },
  occupied: { name: 'Opptatte plasser', sentence: 'Plasser som noen bor på, etter bydelen de ligger i.' },
}

/** What a series counts together, where it is no form of the ladder. */
export const TOTAL_WORDS: Record<(typeof TOTALS)[number], string> = {
  all: 'Alle boligformer',
  institutions: 'Institusjonene samlet',
  vel: 'Velferdsetatens institusjoner samlet',
}
