-- record-scaling: keeps what the leader's scaling has learned. Needs no blessed Redis: it is no part of the table.
-- ARGV: run_id, then shard and JSON in turn; without JSON the shard is forgotten
-- Returns {'ok'}.
for i = 2, #ARGV, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', key.scaling, ARGV[i])
  else redis.call('HSET', key.scaling, ARGV[i], ARGV[i + 1]) end
end
return { 'ok' }
