#!/bin/sh
# Starts this pod's Redis in its place among the others. It has no memory, so it comes up empty, and its replicas would
# empty themselves to be like it: it is primary only when most Sentinels say so and no other node has the table. While it
# waits it does not listen, so that the Sentinels make another node primary.
set -eu
here=$(dirname "$0")
. "$here/pods.sh"

# Whom most Sentinels name; nothing while they don't agree.
agreed_primary() {
  for one in $addresses; do primary_by "$one"; done | sort | uniq -c | while read -r votes primary; do
    [ "$votes" -lt 2 ] || echo "$primary"
  done
}

# Replicas that have not reached a primary yet are as empty.
others_have_it() {
  for one in $(others); do
    case $(ask "$one" "$REDIS_PORT" dbsize) in '' | 0) ;; *) return 0 ;; esac
  done
  return 1
}

until primary=$(agreed_primary) && [ -n "$primary" ] && { [ "$primary" != "$own" ] || ! others_have_it; }; do
  sleep 1
done
echo "node.sh: primary is $primary; this is $own" >&2

{
  cat "$here/redis.conf"
  echo "bind $LISTEN"
  echo "port $REDIS_PORT"
  echo "dir $DIRECTORY"
  echo "replica-announce-ip $own"
  secret requirepass
  secret masterauth
  [ "$primary" = "$own" ] || echo "replicaof $primary $REDIS_PORT"
} >"$DIRECTORY/redis.conf"
exec redis-server "$DIRECTORY/redis.conf"
