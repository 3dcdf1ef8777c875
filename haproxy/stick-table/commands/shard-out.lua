-- shard-out: first step of a shard's going down, by its health or by force. Every proxy takes its slot out and shuts
-- the sessions on its server; nobody is seated anew before all have done so.
-- ARGV: run_id, operation, shard name, cause (`health` or `forced`), reason
-- Returns {'ok'}.
local id, name, cause, reason = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if not is_blessed() then return refused('redis is not blessed') end
local shard = shard_of(name)
if not usable(shard) then return refused('shard ' .. name .. ' is not in service') end
if operation_about(name) then return refused('shard ' .. name .. ' is being taken out already') end
shard.admitted = false
shard.observed = 'down'
shard.reason = reason
shard.version = shard.version + 1
open_operation(id, 'shard-down', 'out', name, cause)
put_shard(shard)
emit('taken-out', { operation = id, shard = name })
return { 'ok' }
