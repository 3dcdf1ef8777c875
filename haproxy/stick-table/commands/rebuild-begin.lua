-- rebuild-begin: a Redis that was restarted, emptied or failed over gives up what is left of its table: what it
-- kept may lack the last writes, and a placement whose deletion was lost would come back.
-- ARGV: run_id, id of the rebuild
-- Returns {'ok'}.
if is_blessed() then return refused('the table is whole') end
redis.call('DEL', key.blessed, key.preferences, key.moves, key.rooms, key.shards, key.tenants, key.operations,
  key.feed, key.agents)
redis.call('SET', key.rebuild, ARGV[2])
return { 'ok' }
