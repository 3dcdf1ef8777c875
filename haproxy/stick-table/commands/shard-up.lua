-- shard-up: takes shard-out back before its rooms were seated anew: the shard is well again, in the same life.
-- ARGV: run_id, operation
-- Returns {'ok'}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation or operation.kind ~= 'shard-down' or operation.phase ~= 'out' then
  return refused('operation ' .. id .. ' takes no shard out')
end
local shard = shard_of(operation.subject)
shard.admitted = true
-- Its keeper says the rest with its next look.
shard.observed = 'degraded'
shard.version = shard.version + 1
redis.call('HDEL', key.operations, id)
put_shard(shard)
emit('finished', { operation = id })
return { 'ok' }
