-- Tells clients which shard they reached: lib-jitsi-meet compares the identity server/shard in disco#info
-- of the main domain with the X-Jitsi-Shard header and reloads the page when they differ.
local shard = module:get_option_string("shard_name");
local region = module:get_option_string("region_name");

if shard then module:add_identity("server", "shard", shard); end
if region then module:add_identity("server", "region", region); end
