-- ack: an agent says that its proxy's maps carry the operation's present phase.
-- ARGV: run_id, operation, phase, agent
-- Returns {'ok'}; an operation that is gone or in another phase is refused, which harms nobody.
local id, phase, agent = ARGV[2], ARGV[3], ARGV[4]
if not is_blessed() then return refused('redis is not blessed') end
local operation = operation_of(id)
if not operation or operation.phase ~= phase then return refused('no such operation in phase ' .. phase) end
operation.acks[agent] = true
put_operation(id, operation)
return { 'ok' }
