-- Write commands that are known to be right: number their events from the head on, and wake the readers.
-- `command` says to which command (1, 2, ...) an event belongs; first_offset and last_offset are counted from the head.
create function log_write(
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
    perform pg_notify('events', '');
end $$;

-- Append a batch in one go where nothing stands against it: no command is known, every version is the expected one, every
-- key is free. Otherwise nothing is written and the answer is null; the caller then looks more closely under the same lock.
-- Each check probes an index for each row: as an anti-join it would become a scan of the whole table.
create function log_append(
    moment bigint, expected_id uuid[], expected_version bigint[],
    command_id uuid[], name text[], content bytea[], first_offset bigint[], last_offset bigint[],
    acting text[], organisation text[], device_at bigint[], causation bigint[], correlation uuid[],
    command bigint[], originator_id uuid[], version bigint[], type text[], schema smallint[], data bytea[], effective_at bigint[],
    released uuid[], kind text[], key text[], holder uuid[],
    out head bigint, out recorded bigint
) language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7083190);
    perform from unnest(expected_id, expected_version) as x(id, version)
    where coalesce((select e.originator_version from events e where e.originator_id = x.id order by e.originator_version desc limit 1), 0)
          <> x.version;
    if found then
        return;
    end if;
    perform from unnest(command_id) as x(id) where (select c.first from commands c where c.command_id = x.id) is not null;
    if found then
        return;
    end if;
    if cardinality(kind) > 0 then
        perform from unnest(kind, key) as x(kind, name)
        where (select k.holder from keys k where k.kind = x.kind and k.name = x.name) is not null;
        if found then
            return;
        end if;
    end if;
    select e.position, greatest(e.recorded_at, moment) into head, recorded from events e order by e.position desc limit 1;
    head := coalesce(head, 0);
    recorded := coalesce(recorded, moment);
    perform log_write(head, recorded, command_id, name, content, first_offset, last_offset, acting, organisation, device_at, causation,
        correlation, command, originator_id, version, type, schema, data, effective_at, released, kind, key, holder);
end $$;
