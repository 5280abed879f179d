"$LECPACK" --help
