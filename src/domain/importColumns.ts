import { PLACE_FEATURES } from '../reference/features.ts'
import { URGENCY_POLICY } from '../reference/policies.ts'
import {
  BEHAVIOUR_LEVELS,
  GENDERS,
  LANGUAGES,
  NEED_ORIGINS,
  PERSON_SUBSTANCE_STANCES,
  SECURITY_LEVELS,
} from '../reference/profiles.ts'
import { REASON_CODES } from '../reference/reasonCodes.ts'
import { type Choice, day, integer, manyOf, oneOf, type ReadCell, text, years, yesNo } from './importCell.ts'
import { FORMS } from './ladder.ts'

export const IMPORT_KINDS = ['places', 'needs', 'stays'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** With figures, whose files come in many shapes and are told apart by no fixed columns. */
export const FILE_KINDS = [...IMPORT_KINDS, 'statistics'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** What a column's value becomes a part of. */
export type ImportPart = 'key' | 'facility' | 'place' | 'identity' | 'resident' | 'household' | 'need' | 'stay'

export interface ImportColumn {
  /** The English name, as a file may also call it. */
  readonly key: string
  /** The heading in bokmål. */
  readonly title: string
  readonly part: ImportPart
  /** The field of the part: a database column where it is one. */
  readonly field: string
  readonly read: ReadCell
  /** True when the file must have the column and every row a value in it. */
  readonly required: boolean
}

type Made = [key: string, title: string, read: ReadCell, field?: string]

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function columnsOf(part: ImportPart, required: boolean, made: readonly Made[]): ImportColumn[] {
  return made.map(([key, title, read, field]) => ({ key, title, part, field: field ?? snake(key), read, required }))
}

/** Districts are dated, so those of the day are handed in. */
interface Districts {
  one: ReadCell
  many: ReadCell
}

const forms = FORMS.filter(({ isPlace }) => isPlace)
const form = oneOf(forms, 'en boligform')
const features = manyOf(PLACE_FEATURES, 'noe vi registrerer om boliger')
const behaviour = oneOf(
  BEHAVIOUR_LEVELS.map(({ level, name }) => ({ id: level, name })),
  'et nivå fra 0 til 3',
)
const security = oneOf(
  SECURITY_LEVELS.map(({ level, name }) => ({ id: level, name })),
  'et nivå fra 0 til 2',
)
const grounds = URGENCY_POLICY.classes.flatMap((urgency): Choice[] => [...urgency.grounds])
const withdrawals = REASON_CODES.filter(({ kind, offeredToPeople }) => kind === 'withdrawal' && offeredToPeople)

const KEY = columnsOf('key', true, [
  ['source', 'Kilde', text(100)],
  ['externalId', 'Ekstern id', text(200)],
])

const person = ({ one }: Districts): ImportColumn[] => [
  ...columnsOf('key', false, [
    ['district', 'Bydel', one],
    ['personId', 'Person-id', text(200)],
  ]),
  ...columnsOf('identity', false, [
    ['personalNumber', 'Fødselsnummer', text(20), 'personalNumber'],
    ['name', 'Navn', text(200)],
    ['phone', 'Telefon', text(30)],
  ]),
  ...columnsOf('resident', false, [
    ['birthDate', 'Fødselsdato', day],
    ['gender', 'Kjønn', oneOf([...GENDERS, { id: 'unknown', name: 'Ukjent' }], 'et av valgene for kjønn')],
    [
      'addressProtection',
      'Adressesperre',
      oneOf(
        [
          { id: 'none', name: 'Ingen' },
          { id: 'confidential', name: 'Kode 7' },
          { id: 'strictly_confidential', name: 'Kode 6' },
        ],
        'en adressesperre (ingen, kode 7, kode 6)',
      ),
    ],
    [
      'language',
      'Språk',
      oneOf(
        LANGUAGES.map(({ tag, name }) => ({ id: tag, name })),
        'et språk i listen',
      ),
    ],
    ['interpreter', 'Tolk', yesNo],
    ['contactPerson', 'Kontaktperson', text(200)],
  ]),
  ...columnsOf('household', false, [
    ['adults', 'Voksne', integer(1, 6)],
    ['pets', 'Husdyr', yesNo],
    ['childrenLiving', 'Barn', years(1990, 2100, 12), 'living'],
    ['childrenVisiting', 'Barn på besøk', years(1990, 2100, 12), 'visiting'],
  ]),
]

const places = ({ one, many }: Districts): ImportColumn[] => [
  ...KEY,
  ...columnsOf('facility', true, [
    ['facility', 'Botilbud', text(200), 'name'],
    ['operator', 'Driver', text(200)],
    ['district', 'Bydel', one, 'district_code'],
  ]),
  ...columnsOf('facility', false, [
    [
      'operatorKind',
      'Type driver',
      oneOf(
        [
          { id: 'district', name: 'Bydel' },
          { id: 'vel', name: 'Velferdsetaten' },
          { id: 'nursing_home_agency', name: 'Sykehjemsetaten' },
          { id: 'boligbygg', name: 'Boligbygg' },
          { id: 'non_profit', name: 'Ideell' },
          { id: 'private', name: 'Privat' },
        ],
        'en type driver',
      ),
    ],
    [
      'serves',
      'For hvem',
      oneOf(
        [
          { id: 'own_district', name: 'Egen bydel' },
          { id: 'listed_districts', name: 'Bestemte bydeler' },
          { id: 'city', name: 'Hele byen' },
        ],
        'et av valgene for hvem botilbudet er for',
      ),
    ],
    ['servedDistricts', 'For bydelene', many],
    ['facilityOpensOn', 'Botilbudet åpner', day, 'opens'],
    ['facilityClosesOn', 'Botilbudet stenger', day, 'closes'],
    ['address', 'Adresse', text(300)],
    ['minAge', 'Fra alder', integer(0, 120)],
    ['maxAge', 'Til alder', integer(0, 120)],
    ['genders', 'For kjønn', manyOf(GENDERS, 'et kjønn')],
    [
      'substanceStance',
      'Rus i huset',
      oneOf(
        [
          { id: 'substance_free', name: 'Rusfritt hus' },
          { id: 'tolerant', name: 'Rus er ikke til hinder' },
        ],
        'en regel om rus',
      ),
    ],
    ['maxBehaviour', 'Høyeste atferdsnivå', behaviour],
    ['maxSecurity', 'Høyeste sikkerhetsnivå', security],
    ['childrenAllowed', 'Barn kan bo der', yesNo],
    ['petsAllowed', 'Husdyr kan bo der', yesNo],
  ]),
  ...columnsOf('place', true, [
    ['label', 'Plass', text(100)],
    ['form', 'Boligform', form],
    ['opensOn', 'Åpner', day, 'opens'],
  ]),
  ...columnsOf('place', false, [
    ['closesOn', 'Stenger', day, 'closes'],
    ['maxHousehold', 'Tar høyst', integer(1, 12)],
    ['features', 'Egenskaper', features],
    ['selfReferral', 'Brukerstyrt', yesNo],
  ]),
]

const needs = (districts: Districts): ImportColumn[] => [
  ...KEY,
  ...person(districts),
  ...columnsOf('need', false, [
    ['responsibleDistrict', 'Ansvarlig bydel', districts.one],
    ['stayDistrict', 'Oppholdsbydel', districts.one],
    ['forms', 'Boligformer', manyOf(forms, 'en boligform')],
    ['origin', 'Hvor personen er', oneOf(NEED_ORIGINS, 'et av stedene personen kan være')],
    ['situationSince', 'Slik siden', day],
    ['urgencyGrounds', 'Hastegrunner', manyOf(grounds, 'en grunn i listen over hvem som kommer først')],
    ['mustLeaveBy', 'Må ut innen', day],
    ['readyToMoveOnSince', 'Klar for utflytting fra', day],
    ['requiredFeatures', 'Krav', features],
    ['wantedFeatures', 'Ønsker', features],
    ['excludedDistricts', 'Ikke i bydelene', districts.many],
    ['wantedDistricts', 'Helst i bydelene', districts.many],
    ['substanceStance', 'Rus', oneOf(PERSON_SUBSTANCE_STANCES, 'et av valgene om rus')],
    ['behaviour', 'Atferdsnivå', behaviour],
    ['security', 'Sikkerhetsnivå', security],
    ['neededFrom', 'Trengs fra', day],
    ['neededTo', 'Trengs til', day],
    [
      'privateRental',
      'Privat leie',
      oneOf(
        [
          { id: 'not_considered', name: 'Ikke vurdert' },
          { id: 'possible', name: 'Mulig' },
          { id: 'not_possible', name: 'Ikke mulig' },
          { id: 'overridden', name: 'Går videre uten' },
        ],
        'et av svarene om privat leie',
      ),
    ],
    ['privateRentalReason', 'Grunn til svaret om privat leie', text(2000)],
    ['privateRentalConsideredOn', 'Privat leie vurdert', day],
    ['serviceDecisionOn', 'Vedtak om tjenester', day],
    ['whatMatters', 'Hva er viktig for deg', text(4000)],
    ['registeredOn', 'Registrert', day],
    ['endedOn', 'Avsluttet', day],
    ['endedReason', 'Grunn til avslutning', oneOf(withdrawals, 'en grunn til at et behov er avsluttet')],
  ]),
]

const stays = (districts: Districts): ImportColumn[] => [
  ...KEY,
  ...person(districts),
  ...columnsOf('place', false, [
    ['placeSource', 'Plassens kilde', text(100), 'source'],
    ['placeId', 'Plassens id', text(200), 'external_id'],
    ['facility', 'Botilbud', text(200)],
    ['label', 'Plass', text(100)],
  ]),
  ...columnsOf('stay', true, [['from', 'Flyttet inn', day]]),
  ...columnsOf('stay', false, [
    ['to', 'Flyttet ut', day],
    ['form', 'Boligform', form],
    ['expectedUntil', 'Forventet til', day],
    ['readyToMoveOnSince', 'Klar for utflytting fra', day],
  ]),
]

/**
 * The columns of each kind of file, in the order in which the documentation shows them.
 * @param known the districts of the day: a name or a code that is none of them is a wrong value
 */
export function importColumns(known: readonly Choice[]): Record<ImportKind, readonly ImportColumn[]> {
  const districts = { one: oneOf(known, 'en bydel i dag'), many: manyOf(known, 'en bydel i dag') }
  return { places: places(districts), needs: needs(districts), stays: stays(districts) }
}
