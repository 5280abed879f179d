"$LECPACK" pack --help
