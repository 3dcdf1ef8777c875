-- rebuild-seat: placements, while the table is being rebuilt. One that no census shows is given a claim's lifetime.
-- ARGV: run_id, id of the rebuild, lifetime of an unused claim (ms), then room, incarnation and
-- 'live' | 'claimed' in turn
-- Returns {'ok'}.
if redis.call('GET', key.rebuild) ~= ARGV[2] then return refused('this rebuild was begun anew') end
local seated_at = now()
for i = 4, #ARGV, 3 do
  local claimed = ARGV[i + 2] == 'claimed'
  place(ARGV[i], ARGV[i + 1], ARGV[i + 2], seated_at, claimed and seated_at + tonumber(ARGV[3]) or nil)
end
return { 'ok' }
