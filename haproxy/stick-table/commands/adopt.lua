-- adopt: a census shows rooms that the table does not know (a proxy fell back while their claim could not run).
-- Outside a hold only on their bucket's preferred shard: anywhere else the census may be older than a claim.
-- ARGV: run_id, then room, `pool/bucket` and incarnation in turn
-- Returns {'ok', number adopted}.
if not is_blessed() then return refused('redis is not blessed') end
local count = 0
for i = 2, #ARGV, 3 do
  local room, bucket, incarnation = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local shard = shard_of(redis.call('HGET', key.preferences, bucket))
  local move = redis.call('HGET', key.moves, bucket)
  local held = move and string.sub(move, 1, 5) == 'hold '
  local placement = placement_of(room)
  if usable(shard) and incarnation_of(shard) == incarnation and not held
    and not (placement and holds(placement)) then
    seat(room, incarnation, 'live', now())
    count = count + 1
  end
end
return { 'ok', count }
