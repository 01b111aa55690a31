import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Identity, openIdentity, sealIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { DB } from '../../db/types.generated.ts'
import { type Check, says, wrongGroups, wrongRows } from './checks.ts'
import { planAnew } from './queries.ts'
import {
  analyseRows,
  type Columns,
  columnNames,
  compared,
  known,
  linkRows,
  newRecords,
  recordColumns,
  updateRecords,
} from './staging.ts'

const RESIDENT = ['birth_date', 'gender', 'address_protection', 'language', 'interpreter', 'contact_person']
const HOUSEHOLD = ['adults', 'pets']
const PAGE = 5000

/** Rows of one person: the registered one where she is found, else what the file itself says she is known by. */
const person = sql`coalesce(i.resident_id::text, i.person_key)`

/**
 * Finds the records of a kind that the rows stood for last time, who they are about among the people the importer may see, and
 * whether a number or an id is somebody's whom she may not.
 * @param columns more of `import_row`, from the rows `s`, the record `t` and what `joins` adds
 */
export async function findRows(
  db: Kysely<DB>,
  kind: 'need' | 'stay',
  columns: Columns,
  joins: RawBuilder<unknown> = sql``,
): Promise<void> {
  const found = {
    ...columns,
    id: sql`k.target_id`,
    known_hash: sql`k.content_hash`,
    target_household: sql`t.household_id`,
    by_id: sql`rk.target_id`,
    known_person: sql`rk.content_hash`,
    by_number: sql`d.resident_id`,
  }
  const own = sql`coalesce(rk.target_id, d.resident_id,
    (select r.id from resident r where r.household_id = t.household_id order by r.id limit 1)) as own`
  // one row may name her by number and the next only by the id that the first one gave her
  await linkRows(
    db,
    [...Object.keys(found), 'resident_id', 'household_id'],
    sql`select p.*, r.household_id
      from (select f.*, coalesce(f.own, first_value(f.own) over (partition by f.person_key order by (f.own is null), f.row)) as resident_id
        from (select ${compared(found)}, ${own} from import_said s ${known(kind)}
          left join ${sql.table(kind)} t on t.id = k.target_id
          left join import_key rk on rk.kind = 'resident' and rk.holding_district = s.district and rk.source = s.source
            and rk.external_id = s.person_id
          left join resident_identity d on d.holding_district = s.district and d.fingerprint = s.fingerprint
          ${joins}) f) p
      left join resident r on r.id = p.resident_id`,
  )
  await sql`update import_row i set hidden = true
    from (select distinct district from import_row) d,
      lateral numbers_taken(d.district, (select array_agg(f.fingerprint) from import_row f
        where f.district = d.district and f.fingerprint is not null and f.by_number is null)) as t (print)
    where i.district = d.district and i.fingerprint = t.print and i.by_number is null`.execute(db)
  await hideTaken(db, kind, 'external_id', sql`i.id is null`)
  await hideTaken(db, 'resident', 'person_id', sql`i.by_id is null and i.person_id is not null`)
}

/** Rows whose id is one that the importer may not see: she hears of the ids that she sends, and of no other. */
async function hideTaken(
  db: Kysely<DB>,
  kind: 'need' | 'stay' | 'resident',
  column: 'external_id' | 'person_id',
  unseen: RawBuilder<unknown>,
): Promise<void> {
  const id = sql.ref(`i.${column}`)
  await sql`update import_row r set hidden = true
    from (select i.district, array_agg(i.source) as sources, array_agg(${id}) as ids from import_row i
        where i.district is not null and ${unseen} group by 1) d,
      lateral import_ids_taken(${kind}::text, d.district, d.sources, d.ids) t
    where r.district = d.district and r.source = t.source and ${sql.ref(`r.${column}`)} = t.external_id`.execute(db)
}

const HIDDEN =
  'Personen er registrert i bydelen fra før, og du har ikke tilgang til henne. Den som har det, må gjøre dette.'

/** What rows may say of people. */
export const PERSON_CHECKS: readonly Check[] = [
  {
    column: 'personId',
    code: 'other_person',
    detail: () => 'Person-id-en og fødselsnummeret i raden hører til to ulike personer i bydelen.',
    find: wrongRows(sql`i.by_id <> i.by_number`),
  },
  {
    column: null,
    code: 'hidden_person',
    detail: () => HIDDEN,
    find: wrongRows(sql`i.hidden or (i.resident_id is not null and i.household_id is null)
      or (i.id is not null and i.target_household is null)`),
  },
  {
    column: null,
    code: 'other_person',
    detail: () => 'Raden gjaldt en annen person sist den ble importert. Gi den en ny ekstern id.',
    find: wrongRows(sql`i.target_household <> i.household_id`),
  },
  {
    column: 'name',
    code: 'missing',
    detail: () => 'Personen er ikke registrert fra før. Skriv navnet.',
    find: wrongRows(sql`i.resident_id is null and not exists (select from import_row j
      where j.person_key = i.person_key and j.named)`),
  },
  {
    column: 'personalNumber',
    code: 'two_ids',
    detail: (other) => `Raden og ${other} har samme fødselsnummer, men ulik person-id.`,
    find: wrongGroups(
      sql`i.district || encode(i.fingerprint, 'hex')`,
      sql`min(i.person_key) over w <> max(i.person_key) over w`,
      sql`i.resident_id is null`,
    ),
  },
  {
    column: 'personalNumber',
    code: 'two_numbers',
    detail: (other) => `Raden og ${other} gjelder samme person, men har ulike fødselsnummer.`,
    find: wrongGroups(person, sql`min(i.fingerprint) over w <> max(i.fingerprint) over w`),
  },
  {
    column: null,
    code: 'contradiction',
    detail: (other) =>
      `Raden og ${other} sier ulike ting om samme person. Skriv det samme i begge, eller bare i den ene.`,
    find: wrongGroups(person, sql`min(i.person_hash) over w <> max(i.person_hash) over w`, says),
  },
]

/**
 * Registers the new people with their households, and changes what the rows say otherwise of those who are registered. New rows
 * have the ids that their records get from here on.
 */
export async function savePeople(db: Kysely<DB>, keyring: Keyring, synthetic: boolean): Promise<void> {
  // of a person's rows the first one that says something of her speaks for all, as they agree; unless it was said before
  await sql`update import_row i set speaks = (i.row = s.speaker and (i.resident_id is null
        or (i.person_hash is not null and i.person_hash is distinct from i.known_person))), newcomer = (i.resident_id is null),
      resident_id = coalesce(i.resident_id, s.candidate), household_id = coalesce(i.household_id, s.fresh_household),
      id = coalesce(i.id, i.fresh_id), is_new = (i.id is null)
    from (select row, first_value(row) over w as speaker, first_value(candidate) over w as candidate,
        first_value(fresh_household) over w as fresh_household
      from import_row where known_hash is distinct from hash
      window w as (partition by coalesce(resident_id::text, person_key) order by (person_hash is null), row)) s
    where s.row = i.row`.execute(db)
  await analyseRows(db)
  await addPeople(db, synthetic)
  await changePeople(db, keyring)
  await sql`update import_key k set content_hash = i.person_hash, imported_at = app_now() from import_row i
    where i.speaks and i.by_id is not null and k.kind = 'resident' and k.holding_district = i.district
      and k.source = i.source and k.external_id = i.person_id`.execute(db)
  await sql`insert into import_key (kind, holding_district, source, external_id, target_id, content_hash, imported_at)
    select distinct on (i.district, i.source, i.person_id) 'resident', i.district, i.source, i.person_id, i.resident_id,
      i.person_hash, app_now()
    from import_row i where i.person_id is not null and i.by_id is null and i.known_hash is distinct from i.hash
    order by i.district, i.source, i.person_id, (i.person_hash is null), i.row`.execute(db)
}

async function addPeople(db: Kysely<DB>, synthetic: boolean): Promise<void> {
  const added = sql`i.speaks and i.newcomer`
  await sql`insert into household (id, holding_district, ${columnNames(HOUSEHOLD)})
    select x.household_id, x.district, ${recordColumns(HOUSEHOLD)}
    from ${newRecords('household', sql`'{"adults": 1}' || s.household`, added)}`.execute(db)
  await planAnew(db)
  const defaults = { gender: 'unknown', address_protection: 'none', language: 'nb', interpreter: false }
  await sql`insert into resident (id, household_id, holding_district, synthetic, ${columnNames(RESIDENT)})
    select x.resident_id, x.household_id, x.district, ${synthetic}, ${recordColumns(RESIDENT)}
    from ${newRecords('resident', sql`${JSON.stringify(defaults)}::jsonb || s.resident`, added)}`.execute(db)
  await planAnew(db)
  // whoever protects an address is the first in its circle; without her nobody could go on
  await sql`select start_circle(i.resident_id) from import_row i join import_said s on s.row = i.row
    where ${added} and s.resident ->> 'address_protection' <> 'none'`.execute(db)
  await sql`insert into resident_identity (resident_id, holding_district, ciphertext, fingerprint)
    select i.resident_id, i.district, s.ciphertext, s.fingerprint from import_row i join import_said s on s.row = i.row
    where ${added}`.execute(db)
  await insertChildren(db, 'living', added)
  await insertChildren(db, 'visiting', added)
}

async function insertChildren(db: Kysely<DB>, arrangement: 'living' | 'visiting', where = sql`true`): Promise<void> {
  await sql`insert into household_child (household_id, holding_district, birth_year, arrangement)
    select i.household_id, i.district, year, ${arrangement}
    from import_row i join import_said s on s.row = i.row, unnest(${sql.ref(`s.${arrangement}`)}) as year
    where ${where}`.execute(db)
}

async function changePeople(db: Kysely<DB>, keyring: Keyring): Promise<void> {
  const changed = sql<boolean>`i.speaks and not i.newcomer`
  const { rows: some } = await sql`select from import_row i where ${changed} limit 1`.execute(db)
  if (some.length === 0) return
  await sql`select start_circle(r.id) from import_row i join import_said s on s.row = i.row join resident r on r.id = i.resident_id
    where ${changed} and r.address_protection = 'none' and s.resident ->> 'address_protection' <> 'none'`.execute(db)
  await updateRecords(db, 'resident', RESIDENT, 'resident_id', sql`s.resident`, changed)
  await updateRecords(db, 'household', HOUSEHOLD, 'household_id', sql`s.household`, changed)
  for (const arrangement of ['living', 'visiting'] as const) {
    const years = sql.ref(`s.${arrangement}`)
    const other = sql`${changed} and ${years} is not null and ${years} is distinct from (select
      coalesce(array_agg(c.birth_year order by c.birth_year), '{}') from household_child c
      where c.household_id = i.household_id and c.arrangement = ${arrangement})`
    const { rows } = await sql<{ row: number }>`select i.row from import_row i join import_said s on s.row = i.row
      where ${other}`.execute(db)
    if (rows.length === 0) continue
    const those = sql`i.row = any(${rows.map(({ row }) => row)}::integer[])`
    await sql`delete from household_child c using import_row i
      where ${those} and c.household_id = i.household_id and c.arrangement = ${arrangement}`.execute(db)
    await insertChildren(db, arrangement, those)
  }
  await changeIdentities(db, keyring)
}

interface Said {
  row: number
  residentId: string
  candidate: string
  ciphertext: Buffer
}

/** Identities are compared in the clear here and nowhere else: the database cannot read them. */
async function changeIdentities(db: Kysely<DB>, keyring: Keyring): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<Said>`
      select i.row, i.resident_id, i.candidate, s.ciphertext from import_row i join import_said s on s.row = i.row
      where i.speaks and not i.newcomer and i.has_identity and i.row > ${after} order by i.row limit ${PAGE}`.execute(
      db,
    )
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.row
    const { rows: registered } = await sql<{ residentId: string; ciphertext: Buffer }>`
      select resident_id, ciphertext from resident_identity
      where resident_id = any(${rows.map(({ residentId }) => residentId)}::uuid[])`.execute(db)
    const sealed = new Map(registered.map(({ residentId, ciphertext }) => [residentId, ciphertext]))
    await reseal(
      db,
      rows.flatMap(({ residentId, candidate, ciphertext }) => {
        const before = openIdentity(keyring, residentId, sealed.get(residentId) ?? Buffer.alloc(0))
        const now = merged(before, openIdentity(keyring, candidate, ciphertext))
        const same =
          now.name === before.name && now.phone === before.phone && now.personalNumber === before.personalNumber
        if (same) return []
        const print = now.personalNumber === null ? null : keyring.fingerprint(now.personalNumber)
        return {
          id: residentId,
          ciphertext: hex(sealIdentity(keyring, residentId, now)),
          fingerprint: print && hex(print),
        }
      }),
    )
  }
}

const hex = (bytes: Buffer) => `\\x${bytes.toString('hex')}`

async function reseal(db: Kysely<DB>, identities: readonly object[]): Promise<void> {
  if (identities.length === 0) return
  await sql`update resident_identity d set ciphertext = n.ciphertext, fingerprint = n.fingerprint
    from json_to_recordset(${JSON.stringify(identities)}::json) as n (id uuid, ciphertext bytea, fingerprint bytea)
    where d.resident_id = n.id`.execute(db)
}

/** What a row does not say is left as it is. */
function merged(before: Identity, said: Identity): Identity {
  return {
    name: said.name === '' ? before.name : said.name,
    phone: said.phone ?? before.phone,
    personalNumber: said.personalNumber ?? before.personalNumber,
  }
}
