-- resign: ends a leadership at once, so that the next need not wait until it lapses.
-- ARGV: run_id, token
-- Returns {'ok'}; of another's leadership nothing is changed.
if token_of(leader()) == ARGV[2] then redis.call('DEL', key.leader) end
return { 'ok' }
