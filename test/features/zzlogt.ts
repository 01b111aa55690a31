import t from 'tap'
import { testApp } from '../support/app.ts'
t.setTimeout(600000)
const base = await testApp(t, { logLevel: 'error' })
t.test('expl', async () => {
  const o = await base.owner.connect()
  const ex = async (name: string, q: string) => { const r = await o.query(`explain (analyze, costs off) ${q}`); console.log('=', name); for (const x of r.rows as any[]) if (/Trigger|Execution|Insert on/.test(Object.values(x)[0] as string)) console.log('=   ', Object.values(x)[0]) }
  const run = async (name: string, before: string) => {
    for (let i = 0; i < 2; i++) {
    await o.query('begin'); if (before) await o.query(before)
    await o.query(`create temp table s on commit drop as select uuidv7() as h, uuidv7() as r, uuidv7() as n, i from generate_series(1,10000) i`)
    await ex(name, `insert into household (id, holding_district, adults) select h, '030112', 1 from s`)
    await o.query('rollback') }
  }
  await run('as is', '')
  await run('no search_path', 'alter function log_change() reset search_path')
  await run('no trigger', 'alter table household disable trigger household_log')
  await run('no fk', 'alter table household disable trigger all')
  await run('sql stmt-level', `alter table household disable trigger household_log;
    create function lc2() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
      insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
      select app_now(), app_actor(), app_role(), tg_table_name, j ->> 'id', 'insert', j ->> 'holding_district', null, j from (select to_jsonb(new_rows.*) as j from new_rows) x; return null; end $$;
    create trigger lc2 after insert on household referencing new table as new_rows for each statement execute function lc2()`)
  o.release()
})
