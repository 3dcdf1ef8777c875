-- Put in front of every command. All commands take all keys of keys.ts, in its order, and the run_id of the
-- Redis that the caller believes it talks to as ARGV[1]: a Redis that is not the blessed one is not written to.
-- Answers: {'ok', ...}, or {'refused', reason}.
local key = {
  blessed = KEYS[1], preferences = KEYS[2], moves = KEYS[3], rooms = KEYS[4], shards = KEYS[5],
  tenants = KEYS[6], operations = KEYS[7], feed = KEYS[8], agents = KEYS[9],
  leader = KEYS[10], rebuild = KEYS[11], audit = KEYS[12],
}
local run_id = ARGV[1]
local feed_length = 100000

-- Milliseconds since the epoch by Redis's own clock: agents' and orchestrators' clocks may differ.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function refused(reason) return { 'refused', reason } end

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

-- Does this placement still hold: is its incarnation the shard's current one, and the shard still there?
local function holds(placement)
  local name = string.match(placement.incarnation, '^(.*)%.%d+$')
  local shard = shard_of(name)
  return usable(shard) and incarnation_of(shard) == placement.incarnation
end

local function operation_of(id)
  local json = redis.call('HGET', key.operations, id)
  return json and cjson.decode(json) or nil
end

local function put_operation(id, operation) redis.call('HSET', key.operations, id, cjson.encode(operation)) end

-- A new operation, acknowledged by nobody.
local function open_operation(id, kind, phase, subject)
  put_operation(id, { kind = kind, phase = phase, subject = subject, startedAt = now(), acks = {} })
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

-- Places a room and tells every proxy of it.
local function seat(room, incarnation, state, seated_at, extra)
  place(room, incarnation, state, seated_at, extra)
  emit('seat', { room = room, shard = incarnation, state = state, seatedAt = tonumber(seated_at) })
end

