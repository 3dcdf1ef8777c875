-- put-shard: writes a shard's record over the one before it. The number of incarnation never falls, so that a
-- name that was used is never used again.
-- ARGV: run_id, JSON of shardRecord, whose version is one more than the present one's
-- Returns {'ok'}.
if not is_blessed() then return refused('redis is not blessed') end
local record = cjson.decode(ARGV[2])
local known = shard_of(record.name)
if record.version ~= (known and known.version or 0) + 1 then
  return refused('the record of shard ' .. record.name .. ' has changed meanwhile')
end
if known and known.incarnation > record.incarnation then
  return refused('shard ' .. record.name .. ' already has a later incarnation')
end
-- Only its own steps admit a shard that goes down, or give it its next life.
local operation = operation_about(record.name)
if operation and operation.kind == 'shard-down'
  and (record.admitted or known.incarnation ~= record.incarnation) then
  return refused('shard ' .. record.name .. ' is going down')
end
-- Two shards that are recorded at the same moment may have chosen the same number; the second chooses again.
for _, json in ipairs(redis.call('HVALS', key.shards)) do
  local other = cjson.decode(json)
  if other.name ~= record.name and other.serverId == record.serverId then
    return refused('server id ' .. record.serverId .. ' is that of shard ' .. other.name)
  end
end
put_shard(record)
return { 'ok' }
