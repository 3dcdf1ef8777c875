-- collect: deletes placements on a life of a shard that is over. Their map entries lead nowhere, so that nobody is
-- routed by them: no tombstone is needed. Rooms that were claimed anew meanwhile are left alone.
-- ARGV: run_id, then rooms
-- Returns {'ok', number deleted}.
if not is_blessed() then return refused('redis is not blessed') end
local rooms = {}
for i = 2, #ARGV do
  local placement = placement_of(ARGV[i])
  if placement and not holds(placement) then
    redis.call('HDEL', key.rooms, ARGV[i])
    rooms[#rooms + 1] = ARGV[i]
  end
end
if #rooms > 0 then emit('deleted', { rooms = rooms }) end
return { 'ok', #rooms }
