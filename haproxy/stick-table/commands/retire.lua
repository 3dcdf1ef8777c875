-- retire: first step of ending rooms. Every proxy marks them `?`, so that each request for them must claim.
-- ARGV: run_id, operation, then rooms
-- Returns {'ok', number retiring}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
if operation_of(id) then return refused('operation ' .. id .. ' exists') end
local rooms = {}
for i = 3, #ARGV do
  local placement = placement_of(ARGV[i])
  if placement and placement.state == 'lingering' then
    place(ARGV[i], placement.incarnation, 'retiring', placement.seated_at, id)
    rooms[#rooms + 1] = ARGV[i]
  end
end
if #rooms == 0 then return { 'ok', 0 } end
open_operation(id, 'retire', 'tombstone')
emit('tombstone', { operation = id, rooms = rooms })
return { 'ok', #rooms }
