-- hold: first step of a bucket move. Every proxy stops falling back in these buckets; claims go on as before.
-- ARGV: run_id, operation, then `pool/bucket` and target shard in turn
-- Returns {'ok', number of buckets}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
if operation_of(id) then return refused('operation ' .. id .. ' exists') end
local held, count = {}, 0
for i = 3, #ARGV, 2 do
  local bucket, target = ARGV[i], ARGV[i + 1]
  if redis.call('HEXISTS', key.moves, bucket) == 1 then return refused('bucket ' .. bucket .. ' is being moved') end
  if redis.call('HEXISTS', key.preferences, bucket) == 0 then
    return refused('bucket ' .. bucket .. ' has no preferred shard')
  end
  if not usable(shard_of(target)) then return refused('shard ' .. target .. ' is not usable') end
  held[bucket] = target
  count = count + 1
end
if count == 0 then return refused('no buckets') end
for i = 3, #ARGV, 2 do redis.call('HSET', key.moves, ARGV[i], 'hold ' .. id .. ' ' .. ARGV[i + 1]) end
open_operation(id, 'move', 'hold')
emit('hold', { operation = id, buckets = held })
return { 'ok', count }
