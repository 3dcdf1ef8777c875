-- lead: makes the caller the leading orchestrator, or renews its leadership. It needs no blessed Redis: a table that
-- was lost is rebuilt by the leader. In a Redis that has lost the key too, a leader goes on when it is the first.
-- ARGV: run_id, token to renew or '' for a new one, name, API address, lifetime (ms), highest token seen so far
-- Returns {'ok', token}; {'refused', who leads: '<token> <name> <API address>'}.
local renewed, name, api, lifetime_ms, seen = ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local lead = leader()
if lead and token_of(lead) ~= renewed then return refused(lead) end
-- By the clock, so that tokens also grow over a Redis that has lost everything; by the last, should the clock go back.
local next_token = renewed ~= '' and renewed or string.format('%.0f', math.max(now(), seen + 1))
redis.call('SET', key.leader, next_token .. ' ' .. name .. ' ' .. api, 'PX', lifetime_ms)
return { 'ok', next_token }
