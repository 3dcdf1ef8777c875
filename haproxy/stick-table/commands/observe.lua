-- observe: what fresh censuses say of placements. A claimed room lingers only when its deadline has passed.
-- ARGV: run_id, then room and 'live' | 'lingering' in turn
-- Returns {'ok', number changed}.
if not is_blessed() then return refused('redis is not blessed') end
local count = 0
for i = 2, #ARGV, 2 do
  local room, seen = ARGV[i], ARGV[i + 1]
  local placement = placement_of(room)
  if placement then
    local state = placement.state
    local lingers = seen == 'lingering'
      and (state == 'live' or (state == 'claimed' and tonumber(placement.extra) <= now()))
    local lives = seen == 'live' and state ~= 'live'
    if lingers or lives then
      if state == 'retiring' then
        seat(room, placement.incarnation, seen, placement.seated_at)
      else
        place(room, placement.incarnation, seen, placement.seated_at)
        emit('observed', { room = room, state = seen })
      end
      count = count + 1
    end
  end
end
return { 'ok', count }
