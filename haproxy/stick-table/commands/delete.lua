-- delete: last step of ending rooms: those still retiring under this operation lose their placement. The map
-- entries `?` outlive them and are dropped by the agents afterwards.
-- ARGV: run_id, operation, then rooms
-- Returns {'ok', number deleted}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation then return refused('no operation ' .. id) end
if not all_acked(operation) then return refused('not every agent has acknowledged the tombstones') end
local rooms = {}
for i = 3, #ARGV do
  local placement = placement_of(ARGV[i])
  if placement and placement.state == 'retiring' and placement.extra == id then
    redis.call('HDEL', key.rooms, ARGV[i])
    rooms[#rooms + 1] = ARGV[i]
  end
end
if #rooms > 0 then emit('deleted', { rooms = rooms }) end
return { 'ok', #rooms }
