-- put-shard: writes a shard's record; its number of incarnation may grow but never fall, so that a name that
-- was used is never used again.
-- ARGV: run_id, JSON of shardRecord
-- Returns {'ok', 'changed' | 'same'}.
if not is_blessed() then return refused('redis is not blessed') end
local record = cjson.decode(ARGV[2])
local known = redis.call('HGET', key.shards, record.name)
if known == ARGV[2] then return { 'ok', 'same' } end
if known and cjson.decode(known).incarnation > record.incarnation then
  return refused('shard ' .. record.name .. ' already has a later incarnation')
end
redis.call('HSET', key.shards, record.name, ARGV[2])
-- The JSON goes into the feed as it came: cjson would turn an empty list into an object.
redis.call('XADD', key.feed, 'MAXLEN', '~', feed_length, '*', 'type', 'shard', 'payload', ARGV[2])
return { 'ok', 'changed' }
