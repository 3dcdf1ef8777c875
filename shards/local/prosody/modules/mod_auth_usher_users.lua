-- Password authentication of the few users named in the configuration (focus, jvb). With storage in memory
-- there is no other place where accounts could outlive a restart.
local new_sasl = require "util.sasl".new;

local users = module:get_option("usher_users", {});
local read_only = "Users are set in the configuration";
local provider = {};

function provider.test_password(username, password)
	if users[username] and users[username] == password then return true; end
	return nil, "Wrong user or password";
end

function provider.get_password(username)
	return users[username];
end

function provider.user_exists(username)
	return users[username] ~= nil;
end

function provider.users()
	return pairs(users);
end

function provider.set_password()
	return nil, read_only;
end

function provider.create_user()
	return nil, read_only;
end

function provider.delete_user()
	return nil, read_only;
end

function provider.get_sasl_handler()
	return new_sasl(module.host, {
		plain = function(_, username)
			return users[username], users[username] and true or nil;
		end;
	});
end

module:provides("auth", provider);
