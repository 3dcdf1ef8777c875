-- shard-down: second step, after every proxy has let go of the shard. In one script its life ends, so that each of its
-- rooms is claimed anew, and its buckets prefer other shards.
-- ARGV: run_id, operation, then `pool/bucket` and shard name in turn, for all of its buckets
-- Returns {'ok', incarnation that its return will have}.
local id = ARGV[2]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation or operation.kind ~= 'shard-down' or operation.phase ~= 'out' then
  return refused('operation ' .. id .. ' takes no shard out')
end
if not all_acked(operation) then return refused('not every agent has acknowledged that the shard is out') end
local name, targets = operation.subject, {}
for i = 3, #ARGV, 2 do
  local bucket, target = ARGV[i], ARGV[i + 1]
  if not usable(shard_of(target)) then return refused('shard ' .. target .. ' is not usable') end
  targets[bucket] = target
end
local preferences = redis.call('HGETALL', key.preferences)
for i = 1, #preferences, 2 do
  local bucket, preferred = preferences[i], preferences[i + 1]
  if preferred == name and not targets[bucket] then return refused('bucket ' .. bucket .. ' is given to nobody') end
  if preferred ~= name and targets[bucket] then return refused('bucket ' .. bucket .. ' is not its own') end
end
-- A move that has one of these buckets goes on without it: what it waited for on this shard was cut.
for bucket, target in pairs(targets) do
  redis.call('HSET', key.preferences, bucket, target)
  redis.call('HSET', key.moves, bucket, 'release ' .. id .. ' ' .. target)
end
local shard, last_id = shard_of(name), 0
for _, json in ipairs(redis.call('HVALS', key.shards)) do last_id = math.max(last_id, cjson.decode(json).serverId) end
shard.incarnation = shard.incarnation + 1
-- The server of the life before may still stand in a proxy.
shard.serverId = last_id + 1
shard.version = shard.version + 1
enter_phase(id, operation, 'release')
put_shard(shard)
emit('prefer', { operation = id, buckets = targets })
return { 'ok', incarnation_of(shard) }
