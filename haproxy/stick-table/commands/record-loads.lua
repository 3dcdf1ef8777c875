-- record-loads: writes what shards carried into their history. Needs no blessed Redis: it is no part of the table.
-- ARGV: run_id, how long a day is kept (ms), bytes of a whole day, then `<shard>:<day>`, offset and bytes in turn
-- Returns {'ok'}.
for i = 4, #ARGV, 3 do
  local day = key.loads .. ':' .. ARGV[i]
  -- At its full length from the beginning: a string that grows has up to as much again in reserve.
  if redis.call('EXISTS', day) == 0 then redis.call('SETRANGE', day, ARGV[3] - 1, '\0') end
  redis.call('SETRANGE', day, ARGV[i + 1], ARGV[i + 2])
  redis.call('PEXPIRE', day, ARGV[2])
end
return { 'ok' }
