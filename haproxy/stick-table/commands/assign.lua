-- assign: gives buckets that never had a preferred shard their first one. No room can sit in such a bucket and
-- no proxy falls back in it, so nothing needs to be held.
-- ARGV: run_id, then `pool/bucket` and shard name in turn
-- Returns {'ok', number of buckets assigned}.
if not is_blessed() then return refused('redis is not blessed') end
local assigned, count = {}, 0
for i = 2, #ARGV, 2 do
  local bucket, name = ARGV[i], ARGV[i + 1]
  if not usable(shard_of(name)) then return refused('shard ' .. name .. ' is not usable') end
  if redis.call('HSETNX', key.preferences, bucket, name) == 1 then
    assigned[bucket] = name
    count = count + 1
  end
end
if count > 0 then emit('prefer', { operation = '', buckets = assigned }) end
return { 'ok', count }
