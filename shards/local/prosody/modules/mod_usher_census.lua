-- GET /room-census on the conference MUC (http_host puts it on the main domain): the live rooms in the JSON
-- of Jitsi's mod_muc_census: {"room_census":[{"room_name","participants","created_time","leaked"}]}.
-- No authentication, as there: loopback only, and the shard's web server does not pass it on.
local array = require "util.array";
local json = require "util.json";
local jid = require "util.jid";
local now = require "util.time".now;

local muc = module:depends("muc");
module:depends("http");

-- Milliseconds as a string, which is how Jitsi's modules keep it.
module:hook("muc-room-created", function(event)
	event.room.created_timestamp = string.format("%d", math.floor(now() * 1000));
end);

local function is_health_check(room)
	return jid.node(room.jid):find("__jicofo-health-check", 1, true) == 1;
end

-- Occupants but for the focus, and whether all of them have lost their connection.
local function count(room)
	local participants, lost = 0, 0;
	for _, occupant in room:each_occupant() do
		if jid.resource(occupant.nick) ~= "focus" then
			participants = participants + 1;
			if not prosody.full_sessions[occupant.jid] then lost = lost + 1; end
		end
	end
	return participants, participants > 0 and lost == participants;
end

local function census()
	local rooms = array(); -- an empty plain table would be encoded as {}
	for room in muc.each_room(true) do
		if not is_health_check(room) then
			local participants, leaked = count(room);
			rooms:push({
				room_name = room.jid;
				participants = participants;
				created_time = room.created_timestamp;
				leaked = leaked;
			});
		end
	end
	return json.encode({ room_census = rooms });
end

module:provides("http", {
	default_path = "/";
	route = {
		["GET /room-census"] = function(event)
			event.response.headers.content_type = "application/json";
			return census();
		end;
	};
});
