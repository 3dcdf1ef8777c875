# Read by node.sh and sentinel.sh: which pods there are, and what their Sentinels say.
#
# PODS        names of all pods, each also that of a Service with an address of its own
# POD_NAME    this one's
# DIRECTORY   to write to
# LISTEN      addresses to listen on, in the words of Redis' `bind`
# REDIS_PORT, SENTINEL_PORT, REDIS_PASSWORD

export REDISCLI_AUTH="$REDIS_PASSWORD"
umask 077
# As a container's first process, sh would not hear of it while it waits.
trap 'exit 0' TERM

# Pods know each other by the addresses of their Services. A pod comes back with another address of its own, which
# Sentinels would take for one more pod; and names would have them wait for the DNS, just when a node has died.
addresses=
for pod in $PODS; do
  until found=$(getent ahosts "$pod"); do sleep 1; done
  address=${found%% *}
  addresses="$addresses $address"
  [ "$pod" != "$POD_NAME" ] || own=$address
done

others() {
  for one in $addresses; do [ "$one" = "$own" ] || echo "$one"; done
}

# ask ADDRESS PORT WORD...: what is answered; nothing when nobody answers in time.
ask() {
  host=$1 port=$2
  shift 2
  timeout 2 redis-cli -h "$host" -p "$port" "$@" 2>/dev/null || true
}

# primary_by ADDRESS: who is primary by the Sentinel there; nothing when it does not know.
primary_by() {
  answer=$(ask "$1" "$SENTINEL_PORT" sentinel get-master-addr-by-name usher | head -n 1)
  case " $addresses " in *" $answer "*) [ -z "$answer" ] || echo "$answer" ;; esac
}

# secret SETTING: a line of a configuration file that gives it the password. Not by echo, which reads backslashes.
secret() { printf '%s "%s"\n' "$1" "$(printf %s "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')"; }
