-- finish: last step of an operation, after all agents acked its last phase: the buckets are free to move again,
-- the retired rooms' batch is closed.
-- ARGV: run_id, operation
-- Returns {'ok'}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation then return { 'ok' } end
if operation.phase == 'hold' then return refused('operation ' .. id .. ' is still on hold') end
if operation.kind == 'shard-down' and operation.phase == 'out' then return refused('shard ' .. operation.subject .. ' is not down yet') end
if not all_acked(operation) then return refused('not every agent has acknowledged phase ' .. operation.phase) end
local moves = redis.call('HGETALL', key.moves)
for i = 1, #moves, 2 do
  local _, operation_id = string.match(moves[i + 1], '^(%S+) (%S+)')
  if operation_id == id then redis.call('HDEL', key.moves, moves[i]) end
end
redis.call('HDEL', key.operations, id)
emit('finished', { operation = id })
return { 'ok' }
