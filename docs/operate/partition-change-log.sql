-- Turns change_log into a table partitioned by the month in which its operations were made (see spreading.md).
-- Stop the server, take a backup, then:   psql --single-transaction --set ON_ERROR_STOP=1 --file partition-change-log.sql
-- Run it again every year, server running or not: it adds the months to come and leaves the rest alone.

-- An operation's id is a UUIDv7: its first twelve hexadecimal digits are the milliseconds since 1970.
CREATE OR REPLACE FUNCTION pg_temp.first_id(month date) RETURNS text LANGUAGE sql AS $$
    SELECT left(digits, 8) || '-' || right(digits, 4) || '-0000-0000-000000000000'
    FROM (SELECT lpad(to_hex((extract(epoch FROM month) * 1000)::bigint), 12, '0') AS digits) AS made
$$;

DO $$
DECLARE
    partitioned CONSTANT boolean := (SELECT relkind = 'p' FROM pg_class WHERE oid = 'change_log'::regclass);
    month date;
    found record;
BEGIN
    IF NOT partitioned THEN
        ALTER TABLE change_log RENAME TO change_log_whole;
        FOR found IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'change_log_whole' LOOP
            EXECUTE format('ALTER INDEX %I RENAME TO %I', found.indexname, left('whole_' || found.indexname, 63));
        END LOOP;
        CREATE TABLE change_log (LIKE change_log_whole INCLUDING DEFAULTS INCLUDING COMMENTS) PARTITION BY RANGE (op_id);
        -- The guard against doubled operations stays one for the whole table. Positions and numbers of a grid are given
        -- one after the other under a lock; an index over all partitions cannot watch that as well.
        ALTER TABLE change_log ADD CONSTRAINT uq_change_log_op_id UNIQUE (op_id);
        CREATE INDEX ix_change_log_position ON change_log (position);
        FOR found IN
            SELECT replace(replace(indexdef, 'UNIQUE INDEX', 'INDEX'), ' change_log_whole ', ' change_log ') AS made, indexname
            FROM (
                SELECT replace(indexdef, '.change_log_whole ', '.change_log ') AS indexdef, indexname FROM pg_indexes
                WHERE schemaname = current_schema() AND tablename = 'change_log_whole'
            ) AS indexes
            WHERE indexname LIKE 'whole_ix_%'
        LOOP
            EXECUTE replace(found.made, found.indexname, substr(found.indexname, 7));
        END LOOP;
        EXECUTE format('ALTER SEQUENCE %s OWNED BY change_log.position', pg_get_serial_sequence('change_log_whole', 'position'));
        CREATE TABLE change_log_other PARTITION OF change_log DEFAULT; -- wrong clocks, and entries of the server
    END IF;
    FOR month IN
        SELECT generate_series('2020-01-01'::date, date_trunc('month', now())::date + interval '24 months', interval '1 month')::date
    LOOP
        IF to_regclass(format('change_log_%s', to_char(month, 'YYYY_MM'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF change_log FOR VALUES FROM (%L) TO (%L)',
                'change_log_' || to_char(month, 'YYYY_MM'),
                pg_temp.first_id(month),
                pg_temp.first_id((month + interval '1 month')::date)
            );
        END IF;
    END LOOP;
    IF NOT partitioned THEN
        INSERT INTO change_log SELECT * FROM change_log_whole;
        DROP TABLE change_log_whole;
    END IF;
END
$$;

ANALYZE change_log;
