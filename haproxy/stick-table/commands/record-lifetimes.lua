-- record-lifetimes: keeps what is known of how long meetings last. Needs no blessed Redis: it is no part of the table.
-- ARGV: run_id, JSON
-- Returns {'ok'}.
redis.call('SET', key.lifetimes, ARGV[2])
return { 'ok' }
