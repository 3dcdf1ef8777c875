-- fence: tells Redis which leadership is the present one, where a lock elsewhere decides that (a Kubernetes Lease), and
-- again with every renewal. Of no earlier one, whose token is lower, anything is written from then on. It needs no
-- blessed Redis: a table that was lost is rebuilt by the leader.
-- ARGV: run_id, token, name, API address, lifetime (ms)
-- Returns {'ok'}; {'refused', the later leadership that stands there: '<token> <name> <API address>'}.
local lead, own = leader(), ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4]
if lead and lead ~= own and tonumber(token_of(lead)) >= tonumber(ARGV[2]) then return refused(lead) end
redis.call('SET', key.leader, own, 'PX', ARGV[5])
return { 'ok' }
