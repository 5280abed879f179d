# a disk that is really full
. lib.sh
[ "$(id -u)" -eq 0 ] || skip "only root can mount"
mkdir disk
mount -t tmpfs -o size=3m tmpfs disk 2>/dev/null || skip "no tmpfs can be mounted here"
trap 'umount disk' EXIT
head -c 2000000 /dev/zero >disk/filler
"$LECPACK" pack "$MEDIA/talk.mp4" -o disk/out
code=$?
[ ! -e disk/out ] || die "something was published"
rm disk/filler
pack "$MEDIA/talk.mp4" -o disk/out --video none || die "exit $? with room"
exit $code
