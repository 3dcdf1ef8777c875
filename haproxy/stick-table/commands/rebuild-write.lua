-- rebuild-write: fields of one of the table's hashes, while the table is being rebuilt.
-- ARGV: run_id, id of the rebuild, 'preferences' | 'shards' | 'tenants' | 'agents', then field and value in turn
-- Returns {'ok'}.
if redis.call('GET', key.rebuild) ~= ARGV[2] then return refused('this rebuild was begun anew') end
for i = 4, #ARGV, 2 do redis.call('HSET', key[ARGV[3]], ARGV[i], ARGV[i + 1]) end
return { 'ok' }
