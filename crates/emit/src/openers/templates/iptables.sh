#!/bin/sh
# {{heading}}
#
# Load:    sh FILE
#          Loading again, or loading another selection, replaces what was loaded before.
#          For IPv4 alone: sh FILE load iptables
{{out}}# Use:     iptables -I OUTPUT -j APPLEPORTS_OUT
{{out}}#          On a gateway, for the network behind it: iptables -I FORWARD -i LAN -j APPLEPORTS_OUT
{{in}}# Use:     iptables -I INPUT -j APPLEPORTS_IN
{{in}}#          On a gateway, for the network behind it: iptables -I FORWARD -i WAN -j APPLEPORTS_IN
#          For IPv6, the same with ip6tables.
# Replies: your own chains accept them, for example: -m conntrack --ctstate ESTABLISHED,RELATED
# Lasts:   until a restart; load it again then, or save all rules as your system does
# Remove:  delete the rules that jump here (with -D in the place of -I), then: sh FILE remove
set -eu

# What iptables-restore --noflush reads: it empties and fills these two chains only.
chains() {
  printf '%s\n' '*filter' ':APPLEPORTS_OUT - [0:0]' ':APPLEPORTS_IN - [0:0]'
}

rules() {
  chains
{{out}}  echo '-A APPLEPORTS_OUT -p {{transport}} -m multiport --dports {{group}} -j ACCEPT'
{{in}}  echo '-A APPLEPORTS_IN -p {{transport}} -m multiport --dports {{group}} -j ACCEPT'
  echo COMMIT
}

none() {
  chains
  echo COMMIT
}

deleted() {
  chains
  printf '%s\n' '-X APPLEPORTS_OUT' '-X APPLEPORTS_IN' COMMIT
}

action=${1:-load}
case $action in
load | remove) ;;
*)
  echo "usage: sh $0 [load|remove [iptables] [ip6tables]]" >&2
  exit 2
  ;;
esac
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- iptables ip6tables
for tool; do
  if ! command -v "$tool-restore" >/dev/null; then
    echo "$tool-restore is not installed; name the tools to use: sh $0 $action iptables" >&2
    exit 1
  fi
done

case $action in
load)
  for tool; do rules | "$tool-restore" --test --noflush; done
  for tool; do rules | "$tool-restore" --noflush; done
  ;;
remove)
  for tool; do none | "$tool-restore" --noflush; done
  for tool; do
    if ! deleted | "$tool-restore" --noflush; then
      echo "$tool: the chains are empty now, but some rule still jumps to them; delete it, then remove again" >&2
      exit 1
    fi
  done
  ;;
esac
