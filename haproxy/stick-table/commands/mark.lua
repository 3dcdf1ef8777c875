-- mark: makes sure that the feed has an entry, at which a reader of the whole table can begin.
-- ARGV: run_id
-- Returns {'ok'}.
if not is_blessed() then return refused('redis is not blessed') end
if redis.call('XLEN', key.feed) == 0 then emit('blessed', { runId = run_id }) end
return { 'ok' }
