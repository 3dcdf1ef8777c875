-- Put in front of every command. All commands take all keys of keys.ts, in its order, and as ARGV[1] the run_id (run-id.ts) of
-- the Redis that the caller believes it talks to: a Redis that is not the blessed one is not written to. The leading
-- orchestrator adds its fencing token, `<run_id> <token>`: of a leadership that has ended nothing is written.
-- Answers: {'ok', ...}, or {'refused', reason}.
local key = {
  blessed = KEYS[1], preferences = KEYS[2], moves = KEYS[3], rooms = KEYS[4], shards = KEYS[5],
  tenants = KEYS[6], operations = KEYS[7], feed = KEYS[8], agents = KEYS[9],
  leader = KEYS[10], rebuild = KEYS[11], audit = KEYS[12],
  lifetimes = KEYS[13], loads = KEYS[14], scaling = KEYS[16],
}
local run_id, token = string.match(ARGV[1], '^(%S*) ?(%d*)$')
local feed_length = 100000

-- Milliseconds since the epoch by Redis's own clock: agents' and orchestrators' clocks may differ.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function refused(reason) return { 'refused', reason } end

-- leader.ts: '<token> <name> <API address>', or nil while nobody leads.
local function leader() return redis.call('GET', key.leader) or nil end

local function token_of(lead) return lead and string.match(lead, '^%d+') end

if token ~= '' and token ~= token_of(leader()) then return refused('another orchestrator leads by now, or none') end

local function is_blessed() return redis.call('GET', key.blessed) == run_id end

local function emit(type, payload)
  redis.call('XADD', key.feed, 'MAXLEN', '~', feed_length, '*', 'type', type, 'payload', cjson.encode(payload))
end

-- A shard's record, or nil.
local function shard_of(name)
  local json = name and redis.call('HGET', key.shards, name)
  return json and cjson.decode(json) or nil
end

-- Writes a shard's record and tells every proxy of it.
local function put_shard(shard)
  redis.call('HSET', key.shards, shard.name, cjson.encode(shard))
  emit('shard', shard)
end

local function incarnation_of(shard) return shard.name .. '.' .. shard.incarnation end

-- May this shard be given rooms? Health below `down` does not matter here: the bucket table decides.
local function usable(shard) return shard and shard.admitted and not shard.removed end

-- placement.ts: '<incarnation> <state> <seated at> [<deadline> | <operation>]'
local function placement_of(room)
  local value = redis.call('HGET', key.rooms, room)
  if not value then return nil end
  local incarnation, state, seated_at, extra = string.match(value, '^(%S+) (%S+) (%S+) ?(%S*)$')
  return { incarnation = incarnation, state = state, seated_at = seated_at, extra = extra }
end

local function place(room, incarnation, state, seated_at, extra)
  local value = incarnation .. ' ' .. state .. ' ' .. seated_at
  if extra then value = value .. ' ' .. extra end
  redis.call('HSET', key.rooms, room, value)
end

-- Does this placement still hold: is its incarnation the shard's current one, and the shard still there? A shard
-- that is being taken out of the proxies keeps its rooms: some may still be reached, until all have acknowledged.
local function holds(placement)
  local name = string.match(placement.incarnation, '^(.*)%.%d+$')
  local shard = shard_of(name)
  return shard and not shard.removed and incarnation_of(shard) == placement.incarnation
end

local function operation_of(id)
  local json = redis.call('HGET', key.operations, id)
  return json and cjson.decode(json) or nil
end

local function put_operation(id, operation) redis.call('HSET', key.operations, id, cjson.encode(operation)) end

-- The open operation that is about this shard, or nil.
local function operation_about(name)
  for _, json in ipairs(redis.call('HVALS', key.operations)) do
    local operation = cjson.decode(json)
    if operation.subject == name then return operation end
  end
  return nil
end

-- A new operation, acknowledged by nobody. `cause`: see records.ts.
local function open_operation(id, kind, phase, subject, cause)
  put_operation(id, { kind = kind, phase = phase, subject = subject, cause = cause, startedAt = now(), acks = {} })
end

-- The operation's next phase, to be acknowledged anew.
local function enter_phase(id, operation, phase)
  operation.phase = phase
  operation.acks = {}
  put_operation(id, operation)
end

-- Has every registered agent acknowledged the operation's present phase?
local function all_acked(operation)
  for _, agent in ipairs(redis.call('HKEYS', key.agents)) do
    if not operation.acks[agent] then return false end
  end
  return true
end

-- Places a room and tells every proxy of it; `by`: the agent whose claim it was.
local function seat(room, incarnation, state, seated_at, extra, by)
  place(room, incarnation, state, seated_at, extra)
  emit('seat', { room = room, shard = incarnation, state = state, seatedAt = tonumber(seated_at), by = by })
end

