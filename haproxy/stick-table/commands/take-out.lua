-- take-out: before a drained shard is deleted, its slot goes from every proxy. Its buckets must have moved and
-- its rooms must have ended. One that was never in service in its present life has nobody on it.
-- ARGV: run_id, operation, shard name
-- Returns {'ok'}.
local id, name = ARGV[2], ARGV[3]
if not is_blessed() then return refused('redis is not blessed') end
local shard = shard_of(name)
if not shard or shard.removed then return refused('no shard ' .. name) end
if operation_about(name) then return refused('shard ' .. name .. ' is being taken out already') end
for _, preferred in ipairs(redis.call('HVALS', key.preferences)) do
  if preferred == name then return refused('shard ' .. name .. ' still has buckets') end
end
for _, move in ipairs(redis.call('HVALS', key.moves)) do
  if string.match(move, '%S+$') == name then return refused('buckets are moving to shard ' .. name) end
end
open_operation(id, 'take-out', 'out', name, not shard.admitted and 'unused' or nil)
shard.admitted = false
shard.version = shard.version + 1
put_shard(shard)
emit('taken-out', { operation = id, shard = name })
return { 'ok' }
