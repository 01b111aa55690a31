import { type Kysely, sql } from 'kysely'

/**
 * Who is in the circle of somebody with a protected address (kode 6 and 7), as data that is maintained: the manager of the bydel
 * says which officers help her without seeing her, whoever is in the circle may bring in a colleague, and nobody lets herself in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create trigger circle_member_log after insert or delete on circle_member for each row execute function log_change();

    -- Whose circle the actor keeps: of her own bydel, as its manager or as one who is in it.
    create function keeps_circle(resident uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from resident r where r.id = resident and r.address_protection <> 'none'
        and works_with_people_of(r.holding_district) and (app_role() = 'district_manager' or in_circle(r.id)))
    $$;

    -- The circles that the actor keeps. Of the person no more than that she is protected and how.
    create function kept_circles() returns table (resident_id uuid, holding_district text, address_protection text)
      language sql stable security definer set search_path = public, pg_temp rows 100 as $$
      select r.id, r.holding_district, r.address_protection from resident r
      where r.address_protection <> 'none' and works_with_people_of(r.holding_district)
        and (app_role() = 'district_manager' or in_circle(r.id))
    $$;
    create function residents_of_kept_circles() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 100 as $$ select k.resident_id from kept_circles() k $$;
    create policy kept on circle_member for select to boligtrapp_app using (resident_id in (select residents_of_kept_circles()));

    -- One change of a circle at a time: the person is locked, as whoever protects her or takes it away locks her.
    create function add_to_circle(resident uuid, account uuid) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      held_by text;
    begin
      select r.holding_district into held_by from resident r where r.id = add_to_circle.resident for update;
      if held_by is null or not keeps_circle(add_to_circle.resident) then
        raise exception 'this circle is not kept by the actor' using errcode = '42501';
      end if;
      if add_to_circle.account = app_actor() then
        raise exception 'nobody lets herself into a circle' using errcode = '23514', constraint = 'circle_by_another';
      end if;
      perform from account a where a.id = add_to_circle.account and a.disabled_at is null
        and a.role in ('housing_officer', 'district_manager') and held_by = any (a.districts) for share;
      if not found then
        raise exception 'not an officer of the bydel' using errcode = '23514', constraint = 'circle_of_bydel';
      end if;
      insert into circle_member (resident_id, account_id) values (add_to_circle.resident, add_to_circle.account)
        on conflict do nothing;
    end $$;
    create function remove_from_circle(resident uuid, account uuid) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from resident r where r.id = remove_from_circle.resident for update;
      if not found or not keeps_circle(remove_from_circle.resident) then
        raise exception 'this circle is not kept by the actor' using errcode = '42501';
      end if;
      -- without anybody in it nobody could help her, nor let anybody in
      if not exists (select from circle_member c join account a on a.id = c.account_id
          where c.resident_id = remove_from_circle.resident and c.account_id <> remove_from_circle.account
            and a.disabled_at is null) then
        raise exception 'the last of a circle' using errcode = '23514', constraint = 'circle_not_empty';
      end if;
      delete from circle_member c where c.resident_id = remove_from_circle.resident and c.account_id = remove_from_circle.account;
    end $$;

    revoke execute on function keeps_circle(uuid), kept_circles(), residents_of_kept_circles(), add_to_circle(uuid, uuid), remove_from_circle(uuid, uuid)
      from public;
    grant execute on function keeps_circle(uuid), kept_circles(), residents_of_kept_circles(), add_to_circle(uuid, uuid), remove_from_circle(uuid, uuid)
      to boligtrapp_app;
  `)
    .execute(db)
}
