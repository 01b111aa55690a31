import { type Kysely, sql } from 'kysely'

/** Districts (dated: the reform may redraw them), the ladder's forms, reason codes, and published figures with their source. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table district (
      code text not null check (code ~ '^0301([0-9]{2}|xx)?$'),
      name text not null,
      valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
      source text not null,
      primary key (code, valid without overlaps)
    );
    -- A code stays known for good, whatever the reform does to its borders.
    create table district_code (code text primary key);

    create table housing_form (
      id text primary key check (id ~ '^[a-z0-9_]{2,40}$'),
      version integer not null check (version > 0),
      step integer not null check (step between 0 and 4),
      position integer not null,
      name text not null,
      is_place boolean not null,
      -- staffing, tenure, norms, who gives and who decides, purpose: read as a whole, never searched
      facts jsonb not null,
      source text not null
    );

    create table reason_code (
      kind text not null check (kind in ('decline_resident', 'decline_provider', 'withdrawal', 'closure')),
      id text not null check (id ~ '^[a-z0-9_]{2,60}$'),
      version integer not null check (version > 0),
      name text not null,
      consequence jsonb not null,
      counts_as_shortfall boolean not null,
      offered_to_people boolean not null,
      source text not null,
      primary key (kind, id)
    );

    create table statistic_series (
      id text primary key,
      position integer not null,
      title text not null,
      unit text not null,
      subject text,
      measure text not null,
      -- values of two scales, or of none, never share a chart
      scale text,
      source text not null
    );
    -- A revised figure is a new row; the newest revision is the one shown.
    create table statistic_value (
      series_id text not null references statistic_series,
      area text not null,
      year integer not null check (year between 1900 and 2200),
      revision integer not null default 1 check (revision > 0),
      value numeric,
      precision text not null check (precision in ('exact', 'more_than', 'about', 'almost')),
      status text not null check (status in ('read', 'inferred', 'unknown', 'unknown_column', 'reported')),
      reason text,
      source text not null,
      provenance jsonb not null,
      recorded_at timestamptz not null default now(),
      primary key (series_id, area, year, revision),
      -- what is illegible is unknown, with its reason, and never zero
      constraint unknown_is_null check ((value is null) = (status = 'unknown')),
      constraint unknown_has_reason check (value is not null or coalesce(length(reason), 0) > 0)
    );

    grant select on district, district_code, housing_form, reason_code, statistic_series, statistic_value
      to boligtrapp_app, boligtrapp_job;
  `)
    .execute(db)
}
