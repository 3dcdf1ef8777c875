-- rebuild-end: the table is whole again, and every agent and orchestrator reads it anew.
-- ARGV: run_id, id of the rebuild
-- Returns {'ok'}.
if redis.call('GET', key.rebuild) ~= ARGV[2] then return refused('this rebuild was begun anew') end
redis.call('DEL', key.rebuild)
redis.call('SET', key.blessed, run_id)
emit('blessed', { runId = run_id })
return { 'ok' }
