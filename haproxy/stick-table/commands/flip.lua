-- flip: third step of a bucket move, after all agents acked the hold and a census begun long enough after that.
-- In one script: rooms that the census shows without a placement are adopted where they are, pinned rooms are
-- seated where their operator wants them, then the buckets prefer their new shards.
-- ARGV: run_id, operation, then room, incarnation and 'live' | 'claimed' in turn
-- Returns {'ok', number of buckets}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation or operation.phase ~= 'hold' then return refused('operation ' .. id .. ' is not on hold') end
if not all_acked(operation) then return refused('not every agent has acknowledged the hold') end
local moves, targets, count = redis.call('HGETALL', key.moves), {}, 0
for i = 1, #moves, 2 do
  local phase, operation_id, target = string.match(moves[i + 1], '^(%S+) (%S+) (%S+)$')
  if operation_id == id and phase == 'hold' then
    if not usable(shard_of(target)) then return refused('shard ' .. target .. ' is not usable') end
    targets[moves[i]] = target
    count = count + 1
  end
end
for i = 3, #ARGV, 3 do
  local placement = placement_of(ARGV[i])
  if not (placement and holds(placement)) then
    seat(ARGV[i], ARGV[i + 1], ARGV[i + 2], now(), ARGV[i + 2] == 'claimed' and now() or nil)
  end
end
for bucket, target in pairs(targets) do
  redis.call('HSET', key.preferences, bucket, target)
  redis.call('HSET', key.moves, bucket, 'release ' .. id .. ' ' .. target)
end
enter_phase(id, operation, 'release')
emit('prefer', { operation = id, buckets = targets })
return { 'ok', count }
