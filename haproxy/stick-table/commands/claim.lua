-- claim: seats a room on its bucket's preferred shard, or returns where it already sits.
-- ARGV: run_id, room key, tenant, bucket number, lifetime of an unused claim (ms), who asks
-- Returns {'ok', incarnation, 'new' | 'known'}. A refusal is no answer: the proxy's fallback rules apply.
local room, tenant, bucket, lifetime_ms = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local by = ARGV[6]
if not is_blessed() then return refused('redis is not blessed') end
local pool = redis.call('HGET', key.tenants, tenant) or 'main'
local preferred = redis.call('HGET', key.preferences, pool .. '/' .. bucket)
if not preferred then return refused('bucket has no preferred shard') end

local deadline = now() + lifetime_ms
local placement = placement_of(room)
if placement and holds(placement) then
  local state = placement.state
  if state == 'retiring' or state == 'lingering' then
    seat(room, placement.incarnation, 'claimed', placement.seated_at, deadline, by)
  elseif state == 'claimed' then
    place(room, placement.incarnation, state, placement.seated_at, deadline)
  end
  return { 'ok', placement.incarnation, 'known' }
end

local shard = shard_of(preferred)
if not usable(shard) then return refused('preferred shard is not usable') end
local incarnation = incarnation_of(shard)
seat(room, incarnation, 'claimed', now(), deadline, by)
return { 'ok', incarnation, 'new' }
