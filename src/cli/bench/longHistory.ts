import pg from 'pg'

/** What the copies fill; everything that reading them uses is there again afterwards. */
const TABLES = ['occupancy', 'closure', 'hold', 'need'] as const

/** Indexes that capacity reads by, as the migrations make them; an exclusion is an index to a reader. */
const INDEXES = [
  'create index on occupancy using gist (place_id, during)',
  'create index on occupancy using gist (during) include (place_id)',
  'create index on closure using gist (place_id, during)',
  'create index on closure using gist (during)',
  'create index on hold using gist (oslo_days(created_at, ended_at))',
  'create index on need using gist (oslo_days(registered_at, ended_at)) where registered_at is not null',
]

/** How far back the demo city's history is kept, in days. */
const LENGTH = 3653

/**
 * Makes a database's history so many times as long: all that has happened happened before, again and again, each time as long
 * ago as the history reaches. What is today stays as it is; what began before the history is kept begins with it.
 * Constraints and indexes are left out while rows are added, and only what is read by comes back.
 */
export async function lengthenHistory(ownerUrl: string, today: string, times: number): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`set synchronous_commit = off; set maintenance_work_mem = '1GB'`)
    for (const table of TABLES) {
      await owner.query(`alter table ${table} disable trigger user`)
      const { rows: constraints } = await owner.query<{ name: string }>(
        `select quote_ident(conname) as name from pg_constraint where conrelid = $1::regclass and contype in ('f', 'p', 'u', 'x')`,
        [table],
      )
      for (const { name } of constraints) await owner.query(`alter table ${table} drop constraint ${name} cascade`)
      const { rows: indexes } = await owner.query<{ name: string }>(
        `select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass`,
        [table],
      )
      for (const { name } of indexes) await owner.query(`drop index ${name}`)
    }
    const first = `('${today}'::date - ${LENGTH})`
    for (const table of ['occupancy', 'closure']) {
      await owner.query(`update ${table} set during = daterange(${first}, upper(during)) where lower(during) < ${first}
        and (upper_inf(during) or upper(during) > ${first})`)
      await owner.query(`delete from ${table} where lower(during) < ${first}`)
    }
    await owner.query(`update need set registered_at = ${first} where registered_at < ${first}`)
    const again = `generate_series(1, ${times - 1}) as k`
    // an offer for one stay in ten, since the demo city has made none
    await owner.query(`insert into hold (place_id, holding_district, during, created_at, firm_since, ended_at, ended_reason)
      select o.place_id, f.district_code, daterange(lower(o.during), null), lower(o.during)::timestamptz - interval '9 days',
        lower(o.during)::timestamptz - interval '4 days', lower(o.during)::timestamptz, 'moved_in'
      from occupancy o join place p on p.id = o.place_id join facility f on f.id = p.facility_id
      where abs(hashtext(o.id::text)) % 10 = 0`)
    await owner.query(`with now as materialized (select * from hold)
      insert into hold (place_id, holding_district, during, created_at, firm_since, ended_at, ended_reason)
      select o.place_id, o.holding_district, daterange(lower(o.during) - k * ${LENGTH}, null),
        o.created_at - k * ${LENGTH} * interval '1 day', o.firm_since - k * ${LENGTH} * interval '1 day',
        o.ended_at - k * ${LENGTH} * interval '1 day', o.ended_reason from now o, ${again}`)
    for (const [table, more] of [
      ['closure', ', reason, admits'],
      ['occupancy', ''],
    ] as const) {
      await owner.query(`with now as materialized (select * from ${table})
        insert into ${table} (place_id, during${more})
        select o.place_id, daterange(lower(o.during) - k * ${LENGTH},
          least(coalesce(upper(o.during), '${today}'), '${today}') - k * ${LENGTH})${more}
        from now o, ${again} where lower(o.during) < '${today}'`)
    }
    await owner.query(`with now as materialized (select * from need where registered_at is not null)
      insert into need (household_id, holding_district, responsible_district, status, registered_at, ended_at, ended_reason, forms)
      select o.household_id, o.holding_district, o.responsible_district,
        case o.status when 'registered' then 'withdrawn' else o.status end, o.registered_at - k * ${LENGTH} * interval '1 day',
        least(coalesce(o.ended_at, '${today}'), '${today}') - k * ${LENGTH} * interval '1 day', o.ended_reason, o.forms
      from now o, ${again}`)
    for (const index of INDEXES) await owner.query(index)
    await owner.query('vacuum analyze')
  } finally {
    await owner.end()
  }
}
