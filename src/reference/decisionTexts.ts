import type { LegalTrackId } from './legalTracks.ts'

/** The languages that a decision itself is written in. */
export type DecisionLanguage = 'nb' | 'nn'

/** Sentences of a draft decision; words in braces are filled in. What only a person can judge, has no sentence here. */
export type DecisionTexts = {
  readonly mainContent: Readonly<
    Record<
      LegalTrackId,
      { readonly granted: readonly string[]; readonly refused: readonly string[]; readonly lack?: readonly string[] }
    >
  >
  readonly lease: string
  readonly reasons: {
    readonly registered: string
    readonly origin: string
    readonly since: string
    readonly mustLeaveBy: string
    readonly privateRentalNot: string
    readonly needed: string
    readonly lack: readonly string[]
  }
  /** Where the person is, inside «Du bor nå …»; an origin that is not here is left out. */
  readonly origins: Readonly<Record<string, string>>
}

export const DECISION_TEXTS = {
  nb: {
    mainContent: {
      help_with_home: {
        granted: [
          'Du får hjelp til å finne en bolig og til å bli boende.',
          'Vi leter etter {form} sammen med deg.',
          'Vi hjelper deg med kontrakt, depositum og bostøtte når du trenger det.',
        ],
        refused: ['Du får ikke hjelp til å finne og beholde en bolig.'],
      },
      municipal_home: {
        granted: ['Du får leie {form} av kommunen.'],
        refused: ['Du får ikke leie en kommunal bolig.'],
        lack: ['Du får ikke {form} nå, fordi vi ikke har noen ledig som passer for deg.', 'Du står fortsatt i køen.'],
      },
      temporary_accommodation: {
        granted: [
          'Du får et midlertidig sted å bo.',
          'Du kan være der til du har en bolig, eller til vi har fattet et nytt vedtak.',
        ],
        refused: ['Du får ikke et midlertidig sted å bo.'],
      },
      health_and_care: {
        granted: [
          'Du får {form}.',
          'Vedtaket gjelder hjelpen du får. Leier du en bolig, har du en kontrakt om den i tillegg.',
        ],
        refused: ['Du får ikke {form}.'],
      },
    },
    lease: 'Den første kontrakten varer i {years} år.',
    reasons: {
      registered: 'Du meldte behovet ditt, og vi registrerte det {registered}.',
      origin: 'Du er nå {origin}.',
      since: 'Slik har det vært siden {since}.',
      mustLeaveBy: 'Du må flytte derfra senest {mustLeaveBy}.',
      privateRentalNot: 'Vi har vurdert at du ikke kan leie privat nå.',
      needed: 'Vi har sammen med deg kommet fram til at du trenger {form}.',
      lack: [
        'Vi har sett på alle ledige boliger. Ingen av dem passer for deg.',
        'Det er mangel på boliger som er grunnen. Det sier ikke noe om deg eller behovet ditt.',
      ],
    },
    origins: {
      home: 'i din egen bolig',
      municipal_home: 'i en kommunal bolig',
      colocated_home: 'i en bolig i et hus med ansatte',
      with_others: 'hos familie eller venner',
      no_home: 'uten bolig',
      temporary: 'på et midlertidig sted',
      vel: 'på en institusjon i Velferdsetaten',
      private_institution: 'på en privat institusjon',
      specialist_care: 'på behandling i sykehus',
      hospital: 'på sykehus',
      long_term_home: 'på et langtidshjem eller helsehus',
      prison: 'i fengsel',
    },
  },
  nn: {
    mainContent: {
      help_with_home: {
        granted: [
          'Du får hjelp til å finne ein bustad og til å bli buande.',
          'Vi leitar etter {form} saman med deg.',
          'Vi hjelper deg med kontrakt, depositum og bustøtte når du treng det.',
        ],
        refused: ['Du får ikkje hjelp til å finne og halde på ein bustad.'],
      },
      municipal_home: {
        granted: ['Du får leige {form} av kommunen.'],
        refused: ['Du får ikkje leige ein kommunal bustad.'],
        lack: [
          'Du får ikkje {form} no, fordi vi ikkje har nokon ledig som passar for deg.',
          'Du står framleis i køen.',
        ],
      },
      temporary_accommodation: {
        granted: [
          'Du får ein mellombels stad å bu.',
          'Du kan vere der til du har ein bustad, eller til vi har gjort eit nytt vedtak.',
        ],
        refused: ['Du får ikkje ein mellombels stad å bu.'],
      },
      health_and_care: {
        granted: [
          'Du får {form}.',
          'Vedtaket gjeld hjelpa du får. Leiger du ein bustad, har du ein kontrakt om han i tillegg.',
        ],
        refused: ['Du får ikkje {form}.'],
      },
    },
    lease: 'Den første kontrakten varer i {years} år.',
    reasons: {
      registered: 'Du melde behovet ditt, og vi registrerte det {registered}.',
      origin: 'Du er no {origin}.',
      since: 'Slik har det vore sidan {since}.',
      mustLeaveBy: 'Du må flytte derfrå seinast {mustLeaveBy}.',
      privateRentalNot: 'Vi har vurdert at du ikkje kan leige privat no.',
      needed: 'Vi har saman med deg kome fram til at du treng {form}.',
      lack: [
        'Vi har sett på alle ledige bustader. Ingen av dei passar for deg.',
        'Det er mangel på bustader som er grunnen. Det seier ikkje noko om deg eller behovet ditt.',
      ],
    },
    origins: {
      home: 'i din eigen bustad',
      municipal_home: 'i ein kommunal bustad',
      colocated_home: 'i ein bustad i eit hus med tilsette',
      with_others: 'hos familie eller vener',
      no_home: 'utan bustad',
      temporary: 'på ein mellombels stad',
      vel: 'på ein institusjon i Velferdsetaten',
      private_institution: 'på ein privat institusjon',
      specialist_care: 'på behandling i sjukehus',
      hospital: 'på sjukehus',
      long_term_home: 'på ein langtidsheim eller eit helsehus',
      prison: 'i fengsel',
    },
  },
} as const satisfies Record<DecisionLanguage, DecisionTexts>
