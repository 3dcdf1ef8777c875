-- bless: takes an empty Redis into use. A Redis that holds rooms but lost its blessing is not touched.
-- ARGV: run_id, then tenant and pool in turn
-- Returns {'ok', 'new' | 'known'}.
if is_blessed() then return { 'ok', 'known' } end
if redis.call('EXISTS', key.blessed, key.rooms, key.preferences) > 0 then
  return refused('redis was restarted or replaced: its table must be rebuilt before it is used')
end
redis.call('SET', key.blessed, run_id)
for i = 2, #ARGV, 2 do redis.call('HSET', key.tenants, ARGV[i], ARGV[i + 1]) end
emit('blessed', { runId = run_id })
return { 'ok', 'new' }
