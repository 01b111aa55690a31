import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { ALNA, GRUNERLOKKA } from '../support/fixtures.ts'
import { query, refusedBy } from '../support/query.ts'

/** What one statement does to many rows is logged and checked for each of them, as if they came one by one. */
const { ownerUrl } = await testDatabase(t)

const logged = (table: string) =>
  query(
    ownerUrl,
    `select action, row_id, holding_district, before ->> 'adults' as before, after ->> 'adults' as after
     from change_log where table_name = $1 order by action, holding_district, row_id`,
    [table],
  )

t.test('every row of a statement is in the log, with what it was and what it is', async (t) => {
  const households = (await query(
    ownerUrl,
    `insert into household (holding_district, adults) values ($1, 1), ($1, 2), ($2, 3) returning id, holding_district as district, adults`,
    [ALNA, GRUNERLOKKA],
  )) as { id: string; district: string; adults: number }[]
  await query(ownerUrl, 'update household set adults = adults + 1 where adults > 1')
  await query(ownerUrl, 'update household set adults = adults where false')
  await query(ownerUrl, 'delete from household where adults = 4')
  const said = (action: string, which: typeof households, before: number | null, after: number | null) =>
    which.map(({ id, district, adults }) => ({
      action,
      row_id: id,
      holding_district: district,
      before: before === null ? null : String(adults + before),
      after: after === null ? null : String(adults + after),
    }))
  const [one, two, three] = households
  if (one === undefined || two === undefined || three === undefined) throw new Error('three were made')
  const all = await logged('household')
  t.strictSame(
    new Set(all.map((row) => JSON.stringify(row))),
    new Set(
      [
        ...said('delete', [three], 1, null),
        ...said('insert', [one, two, three], null, 0),
        ...said('update', [two, three], 0, 1),
      ].map((row) => JSON.stringify(row)),
    ),
  )
  t.equal(all.length, 6, 'each once, and nothing of a statement that touched none')
})

t.test('a plan made for one row serves many', async (t) => {
  const steps = `do $$ begin
    for n in 1..8 loop
      update household set pets = true where id = (select min(id::text)::uuid from household);
    end loop;
    insert into household (holding_district) select '${ALNA}' from generate_series(1, 20000);
    update household set pets = false;
  end $$`
  await t.resolves(query(`${ownerUrl}?statement_timeout=60000`, steps), 'pairing each with each would take hours')
  const [{ count } = {}] = await query(
    ownerUrl,
    `select count(*)::integer as count from change_log
    where table_name = 'household' and action = 'update' and (after ->> 'pets') = 'false'`,
  )
  t.ok(Number(count) > 20_000)
})

t.test('of several places one outside its facility’s life refuses them all', async (t) => {
  const [{ id: facility } = {}] = await query(
    ownerUrl,
    `insert into facility (name, operator, operator_kind, district_code, serves, open_during)
     values ('Huset', 'Bydel Alna', 'district', $1, 'city', '[2020-01-01,2030-01-01)') returning id`,
    [ALNA],
  )
  const places = (ranges: string) =>
    query(
      ownerUrl,
      `insert into place (facility_id, label, form, open_during)
       select $1::uuid, 'H' || n, 'municipal', r::daterange from unnest($2::text[]) with ordinality as u (r, n)`,
      [facility, ranges.split(' ')],
    )
  t.equal(await refusedBy(places('[2020-01-01,2030-01-01) [2020-01-01,2030-01-02)')), 'place_inside_facility')
  t.strictSame(await query(ownerUrl, 'select id from place'), [], 'none of them')
  await places('[2020-01-01,2030-01-01) [2021-01-01,2022-01-01)')
  const widened = query(ownerUrl, `update place set open_during = daterange('2019-01-01', upper(open_during))`)
  t.equal(await refusedBy(widened), 'place_inside_facility')
  await t.resolves(query(ownerUrl, `update place set label = label || 'b'`), 'what says nothing of days is not asked')
})
