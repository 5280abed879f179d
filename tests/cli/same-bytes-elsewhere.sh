# another folder, another name of the output, another number of threads, another day: the same bytes
. lib.sh
cp "$MEDIA/talk.mp4" .
mkdir b
cp "$MEDIA/talk.mp4" b
touch -d 2001-02-03 b/talk.mp4
pack talk.mp4 -o out --jobs 1 || die "exit $?"
(cd b && pack talk.mp4 -o other --jobs 3 --work w) || die "exit $?"
same_folder out b/other
