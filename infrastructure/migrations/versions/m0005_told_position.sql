-- As before, but whoever is woken is told how far the log reaches, and need not look.
create or replace function log_write(
    head bigint, recorded bigint,
    command_id uuid[], name text[], content bytea[], first_offset bigint[], last_offset bigint[],
    acting text[], organisation text[], device_at bigint[], causation bigint[], correlation uuid[],
    command bigint[], originator_id uuid[], version bigint[], type text[], schema smallint[], data bytea[], effective_at bigint[],
    released uuid[], kind text[], key text[], holder uuid[]
) returns void language plpgsql as $$
begin
    insert into events
    select head + e.n, e.originator_id, e.version, e.type, e.schema, e.data, e.effective_at, c.device_at, recorded,
           c.acting, c.organisation, c.command_id, c.causation, c.correlation
    from unnest(command, originator_id, version, type, schema, data, effective_at) with ordinality
             as e(command, originator_id, version, type, schema, data, effective_at, n)
    join unnest(command_id, acting, organisation, device_at, causation, correlation) with ordinality
             as c(command_id, acting, organisation, device_at, causation, correlation, n) on c.n = e.command;
    insert into commands
    select c.id, c.name, c.content, head + c.first, head + c.last, recorded
    from unnest(command_id, name, content, first_offset, last_offset) as c(id, name, content, first, last);
    if cardinality(released) > 0 then
        delete from keys where keys.holder = any(released);
    end if;
    if cardinality(kind) > 0 then
        insert into keys select k.kind, k.key, k.holder from unnest(kind, key, holder) as k(kind, key, holder) on conflict do nothing;
    end if;
    perform pg_notify('events', (head + cardinality(version))::text);
end $$;
