#!/bin/sh
# Starts this pod's Sentinel. Its file is its memory, for as long as the pod lives. A new pod asks the others who is
# primary; where nobody knows, the fleet is new, and it is the first.
set -eu
here=$(dirname "$0")
. "$here/pods.sh"

file="$DIRECTORY/sentinel.conf"
if [ ! -e "$file" ]; then
  primary=$(for one in $(others); do primary_by "$one"; done | head -n 1)
  # shellcheck disable=SC2086 # a list of words
  [ -n "$primary" ] || primary=$(set -- $addresses && echo "$1")
  echo "sentinel.sh: primary is $primary; this is $own" >&2
  {
    echo "bind $LISTEN"
    echo "port $SENTINEL_PORT"
    echo "dir $DIRECTORY"
    secret requirepass
    # Always the same for a pod of this name: the others count it once, and most of them stays two.
    echo "sentinel myid $(printf %s "$POD_NAME" | sha1sum | cut -c 1-40)"
    echo "sentinel announce-ip $own"
    echo "sentinel monitor usher $primary $REDIS_PORT 2"
    # It would learn of them from the primary, which may be what was lost. It may be the one to lead the failover then,
    # and with nobody to promote it would give up, and all Sentinels with it for twice the failover-timeout.
    for one in $addresses; do
      [ "$one" = "$primary" ] || echo "sentinel known-replica usher $one $REDIS_PORT"
    done
    secret 'sentinel auth-pass usher'
    secret 'sentinel sentinel-pass'
    cat "$here/sentinel.conf"
  } >"$file.new"
  mv "$file.new" "$file"
fi
exec redis-server "$file" --sentinel
