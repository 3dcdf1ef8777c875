-- cancel: takes a bucket move back while it is on hold; the old preference is released again.
-- ARGV: run_id, operation
-- Returns {'ok', number of buckets}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation or operation.phase ~= 'hold' then return refused('operation ' .. id .. ' is not on hold') end
local moves, buckets, count = redis.call('HGETALL', key.moves), {}, 0
for i = 1, #moves, 2 do
  local _, operation_id = string.match(moves[i + 1], '^(%S+) (%S+)')
  if operation_id == id then
    local preferred = redis.call('HGET', key.preferences, moves[i])
    redis.call('HSET', key.moves, moves[i], 'release ' .. id .. ' ' .. preferred)
    buckets[moves[i]] = preferred
    count = count + 1
  end
end
enter_phase(id, operation, 'release')
emit('prefer', { operation = id, buckets = buckets })
return { 'ok', count }
