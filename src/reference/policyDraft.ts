import type { EligibilityRuleId } from './eligibilityRules.ts'
import type { ObjectiveTierId } from './policies.ts'

/** Why something cannot be drafted away: what holds it, in a sentence, and where that is from. */
export interface HeldBy {
  /** `law`: a law says so; `fact`: nobody can decide otherwise. */
  readonly kind: 'law' | 'fact'
  readonly sentence: string
  readonly source: string
}

const SUITABLE: HeldBy = {
  kind: 'law',
  sentence:
    'Boligen skal passe for personen, og det hun har valgt bort, bestemmer hun selv. Det følger av boligsosialloven § 6 og pasient- og brukerrettighetsloven § 3-1.',
  source: 'F boligsosialloven § 6; M pasient- og brukerrettighetsloven § 3-1',
}
const SOUND: HeldBy = {
  kind: 'law',
  sentence:
    'Tjenestene skal være forsvarlige for den som flytter inn, og for dem som bor der. Det følger av helse- og omsorgstjenesteloven § 4-1.',
  source: 'M helse- og omsorgstjenesteloven § 4-1',
}
const CHILDREN: HeldBy = {
  kind: 'law',
  sentence: 'Barnets beste skal være et grunnleggende hensyn. Det følger av Grunnloven § 104.',
  source: 'M Grunnloven § 104',
}
const VACANT: HeldBy = {
  kind: 'fact',
  sentence: 'En plass som ikke er åpen og ledig, kan ingen flytte inn på.',
  source: '004 5.6',
}

/** What holds each hard rule; null: the city's own choice, which a draft may turn into a wish. */
export const RULES_HELD_BY = {
  'place.open': VACANT,
  'place.not_closed': VACANT,
  'place.admits': SOUND,
  'place.free': VACANT,
  'place.not_own_home': VACANT,
  'form.accepted': SUITABLE,
  'district.served': null,
  'district.accepted': SUITABLE,
  'facility.accepted': SUITABLE,
  'features.required': SUITABLE,
  'household.size': SUITABLE,
  'children.allowed': CHILDREN,
  'age.band': null,
  'gender.accepted': SOUND,
  'substance.free_house': SOUND,
  'behaviour.accepted': SOUND,
  'security.accepted': SOUND,
  'pets.accepted': null,
  never_together: SOUND,
  'mix.limit': SOUND,
} as const satisfies Record<EligibilityRuleId, HeldBy | null>

export type SofteningRuleId = {
  [Id in EligibilityRuleId]: (typeof RULES_HELD_BY)[Id] extends null ? Id : never
}[EligibilityRuleId]

/** Wishes that a draft may turn into requirements of everybody. */
export const HARDENING_TIERS = [
  'preferred_form',
  'home_district',
  'wanted_features',
] as const satisfies readonly ObjectiveTierId[]
export type HardeningTierId = (typeof HARDENING_TIERS)[number]

/** What a draft of the policy of matching may say beside that, and what holds the rest. */
export const POLICY_DRAFT = {
  chainMoves: { min: 1, max: 8 },
  firstClass: {
    number: 1,
    held: {
      kind: 'law',
      sentence:
        'De som ikke har et trygt sted i natt, må komme først. Kommunen skal finne midlertidig botilbud til dem etter sosialtjenesteloven § 27.',
      source: 'F sosialtjenesteloven § 27',
    },
  },
  firstTier: {
    id: 'urgency',
    held: {
      kind: 'law',
      sentence:
        'Hvor utsatt situasjonen er, må veie tyngst. Ellers kommer ikke de uten et trygt sted i natt først, som sosialtjenesteloven § 27 krever.',
      source: 'F sosialtjenesteloven § 27',
    },
  },
  lastTier: {
    id: 'tie',
    held: {
      kind: 'fact',
      sentence: 'Til slutt må registreringstid og løpenummer avgjøre, ellers gir ikke samme situasjon samme svar.',
      source: 'egen samme svar hver gang',
    },
  },
  unfinishedMax: 3,
  inputKeptDays: 90,
  notice:
    'To utregninger på den samme situasjonen, med hver sin regel. Det er et regnestykke: ingen får eller mister en plass av det.',
} as const satisfies {
  firstClass: { number: number; held: HeldBy }
  firstTier: { id: ObjectiveTierId; held: HeldBy }
  lastTier: { id: ObjectiveTierId; held: HeldBy }
} & Record<string, unknown>
