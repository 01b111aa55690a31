import { type Kysely, sql } from 'kysely'

/** A draft may be given up before anybody has said which form is needed, or registered it; it asked for a form all the same. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    do $$
    declare
      asked text;
    begin
      select conname into strict asked from pg_constraint
        where conrelid = 'need'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%registered_at IS NOT NULL%';
      execute format('alter table need drop constraint %I', asked);
    end $$;
    alter table need add constraint need_registered_says_what
      check (status in ('draft', 'withdrawn') or (registered_at is not null and cardinality(forms) > 0));
  `)
    .execute(db)
}
