/**
 * What a house must be able to meet, never why. A level says what the person needs around them and holds no diagnosis,
 * no history and no care track (004 4.3). A person's level is set by a professional with the person, in the assessment.
 */

/** Behaviour that asks something of the house. A house accepts up to a level. */
export const BEHAVIOUR_LEVELS = [
  { level: 0, id: 'none', name: 'Ingen', meaning: 'Vanlig naboskap holder.' },
  { level: 1, id: 'some', name: 'Noe', meaning: 'Personalet må iblant hjelpe til med naboer og husregler.' },
  { level: 2, id: 'considerable', name: 'Betydelig', meaning: 'Personalet må være i nærheten og kjenne personen.' },
  { level: 3, id: 'extensive', name: 'Omfattende', meaning: 'Flere ansatte må være til stede, også om natten.' },
] as const
export type BehaviourLevel = (typeof BEHAVIOUR_LEVELS)[number]['level']

/** Security that the person, the neighbours or the staff need. A house gives up to a level. */
export const SECURITY_LEVELS = [
  { level: 0, id: 'none', name: 'Ingen', meaning: 'Ingen særlige tiltak.' },
  { level: 1, id: 'heightened', name: 'Forhøyet', meaning: 'Faste rutiner og aldri én ansatt alene.' },
  { level: 2, id: 'high', name: 'Høy', meaning: 'Bygget og bemanningen er laget for det.' },
] as const
export type SecurityLevel = (typeof SECURITY_LEVELS)[number]['level']

/** Where the person stands on living without substances; `unknown` excludes nobody from a home, it is asked about. */
export const PERSON_SUBSTANCE_STANCES = [
  { id: 'wants_substance_free', name: 'Vil bo rusfritt' },
  { id: 'accepts_substance_free', name: 'Kan bo rusfritt' },
  { id: 'cannot_live_substance_free', name: 'Kan ikke bo rusfritt nå' },
  { id: 'unknown', name: 'Ikke avklart' },
] as const
export type PersonSubstanceStance = (typeof PERSON_SUBSTANCE_STANCES)[number]['id']

/** What the house asks; `none` has taken no stand. */
export const HOUSE_SUBSTANCE_STANCES = [
  { id: 'substance_free', name: 'Rusfritt hus' },
  { id: 'tolerant', name: 'Rus er ikke til hinder' },
  { id: 'none', name: 'Ingen regel om rus' },
] as const
export type HouseSubstanceStance = (typeof HOUSE_SUBSTANCE_STANCES)[number]['id']

/** A person's gender, and what a house may be for; `plural` is how a house is said to be for them. */
export const GENDERS = [
  { id: 'woman', name: 'Kvinne', plural: 'kvinner' },
  { id: 'man', name: 'Mann', plural: 'menn' },
  { id: 'other', name: 'Annet kjønn', plural: 'annet kjønn' },
] as const

/** With whom a consent lets us share. */
export const CONSENT_SCOPES = [
  { id: 'facility', name: 'Private leverandører og utleiere' },
  { id: 'vel_intake', name: 'Felles inntak i Velferdsetaten' },
  { id: 'specialist_care', name: 'Spesialisthelsetjenesten' },
  { id: 'relatives', name: 'Pårørende' },
  { id: 'other_district', name: 'En annen bydel' },
] as const

/** Where the profiles come from. */
export const PROFILES_SOURCE = '000 4.2; 003 3.1.2; 004 4.3; 004 4.4; egen nivåer'

/** Where the person is when the need arises. */
export const NEED_ORIGINS = [
  { id: 'home', name: 'Egen bolig', source: '002 3.1.1' },
  { id: 'municipal_home', name: 'Kommunal bolig', source: '000 4' },
  { id: 'colocated_home', name: 'Samlokalisert bolig', source: '002 3.2' },
  { id: 'with_others', name: 'Hos familie eller venner', source: 'egen hvor personen er nå' },
  { id: 'no_home', name: 'Uten bolig', source: '004 situasjonsbildet' },
  { id: 'temporary', name: 'Midlertidig botilbud', source: 'F sosialtjenesteloven § 27' },
  { id: 'vel', name: 'Institusjon i Velferdsetaten', source: '003 3.1.3' },
  { id: 'private_institution', name: 'Privat heldøgnstilbud', source: '000 4; 004 4.4' },
  { id: 'specialist_care', name: 'Psykisk helsevern eller TSB', source: '004 4.4' },
  { id: 'hospital', name: 'Sykehus ellers', source: '004 4.3' },
  { id: 'long_term_home', name: 'Langtidshjem eller helsehus', source: '004 figur 3' },
  { id: 'prison', name: 'Fengsel', source: '004 tabell 1' },
  { id: 'unknown', name: 'Vet ikke', source: 'egen ukjent er et svar' },
] as const
export type NeedOrigin = (typeof NEED_ORIGINS)[number]['id']

/** BrukerPlan's eight areas of life, each assessed 1–5. */
export const LIFE_AREAS = [
  { id: 'substance_use', name: 'Rus' },
  { id: 'finances', name: 'Økonomi' },
  { id: 'mental_health', name: 'Psykisk helse' },
  { id: 'physical_health', name: 'Fysisk helse' },
  { id: 'housing', name: 'Bolig' },
  { id: 'social_functioning', name: 'Sosial fungering' },
  { id: 'network', name: 'Nettverk' },
  { id: 'work_activity', name: 'Arbeid og aktivitet' },
] as const
export type LifeArea = (typeof LIFE_AREAS)[number]['id']

/** The scale of the life areas; which end is better is BrukerPlan's and must be confirmed before it is shown as such. */
export const LIFE_AREA_SCALE = { min: 1, max: 5, source: '000 4; 002 2.1; F skala i BrukerPlan' } as const

/** Languages for talking and for interpreters, BCP 47 tags; `other` is named in free text. */
export const LANGUAGES = [
  { tag: 'nb', name: 'Norsk, bokmål' },
  { tag: 'nn', name: 'Norsk, nynorsk' },
  { tag: 'nsl', name: 'Norsk tegnspråk' },
  { tag: 'se', name: 'Nordsamisk' },
  { tag: 'en', name: 'Engelsk' },
  { tag: 'ar', name: 'Arabisk' },
  { tag: 'prs', name: 'Dari' },
  { tag: 'fa', name: 'Persisk' },
  { tag: 'ckb', name: 'Kurdisk, sorani' },
  { tag: 'kmr', name: 'Kurdisk, kurmandsji' },
  { tag: 'lt', name: 'Litauisk' },
  { tag: 'ps', name: 'Pashto' },
  { tag: 'pl', name: 'Polsk' },
  { tag: 'ro', name: 'Rumensk' },
  { tag: 'ru', name: 'Russisk' },
  { tag: 'so', name: 'Somali' },
  { tag: 'es', name: 'Spansk' },
  { tag: 'ta', name: 'Tamil' },
  { tag: 'ti', name: 'Tigrinja' },
  { tag: 'tr', name: 'Tyrkisk' },
  { tag: 'uk', name: 'Ukrainsk' },
  { tag: 'ur', name: 'Urdu' },
  { tag: 'vi', name: 'Vietnamesisk' },
  { tag: 'other', name: 'Et annet språk' },
] as const
export type LanguageTag = (typeof LANGUAGES)[number]['tag']
