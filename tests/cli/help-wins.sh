# whatever else is wrong, help is what was asked for
"$LECPACK" pack --no-such-thing --help
